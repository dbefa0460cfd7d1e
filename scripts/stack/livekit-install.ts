import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const livekitVersion = '1.11.0';
const releases = `https://github.com/livekit/livekit/releases/download/v${livekitVersion}`;
const goModule = `github.com/livekit/livekit-server/cmd/server@v${livekitVersion}`;

/**
 * The path of a LiveKit server: from the PATH, from the cache, from the official release, or built by Go, in this order.
 * `say` hears what takes time.
 */
export async function findLivekit(
  cacheFolder: string,
  say: (message: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const onPath = lookUpOnPath('livekit-server');
  if (onPath) return onPath;
  const cached = path.join(cacheFolder, 'bin', `livekit-server-${livekitVersion}`);
  if (existsSync(cached)) return cached;

  await mkdir(path.dirname(cached), { recursive: true });
  // A folder beside the target, so that the binary is renamed into place and never seen half written.
  const work = await mkdtemp(path.join(path.dirname(cached), 'install-'));
  try {
    say(`downloading livekit-server ${livekitVersion}`);
    const binary = await downloadRelease(work, releases).catch((error: Error) => {
      say(
        `the official release cannot be had (${error.message}); building it with Go, which takes two minutes`,
      );
      signal?.throwIfAborted();
      return buildWithGo(work, signal);
    });
    await chmod(binary, 0o755);
    await rename(binary, cached);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return cached;
}

function lookUpOnPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));
}

/** Downloads the release's archive and checks it against the checksums beside it; returns the binary's path. */
export async function downloadRelease(work: string, baseUrl: string): Promise<string> {
  if (process.platform !== 'linux') throw new Error('there is none for this system');
  const name = `livekit_${livekitVersion}_linux_${process.arch === 'x64' ? 'amd64' : process.arch}.tar.gz`;
  // The small file first, and not for long: where releases cannot be reached at all, nobody should wait to learn it.
  const checksums = (await download(`${baseUrl}/checksums.txt`, 8_000)).toString('utf8');
  const wanted = checksums
    .split('\n')
    .find((line) => line.endsWith(` ${name}`))
    ?.split(' ')[0];
  if (!wanted) throw new Error(`checksums.txt does not name ${name}`);
  const archive = await download(`${baseUrl}/${name}`, 180_000);
  const actual = createHash('sha256').update(archive).digest('hex');
  if (actual !== wanted) throw new Error(`${name} has the checksum ${actual} instead of ${wanted}`);
  const file = path.join(work, name);
  await writeFile(file, archive);
  await run('tar', ['-xzf', file, '-C', work, 'livekit-server']);
  return path.join(work, 'livekit-server');
}

async function download(url: string, timeoutMs: number): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch((error: Error) => {
    throw new Error(error.cause instanceof Error ? error.cause.message : error.message);
  });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

async function buildWithGo(work: string, signal: AbortSignal | undefined): Promise<string> {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
  } catch {
    throw new Error(
      `LiveKit is missing. One of these helps: put livekit-server ${livekitVersion} on the PATH, install Go 1.25 or later, ` +
        'or give LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET of a server that runs.',
    );
  }
  await run('go', ['install', '-trimpath', '-ldflags=-s -w', goModule], {
    env: { ...process.env, GOBIN: work },
    ...(signal && { signal }),
    maxBuffer: 64 * 1024 * 1024,
  });
  return path.join(work, 'server');
}
