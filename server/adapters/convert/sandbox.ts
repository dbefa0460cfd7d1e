import { execFile, spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

export type SandboxRun = {
  /** A file of this folder that Node can run as it is. */
  script: string;
  args: readonly string[];
  /** The only folder that it may write to; its working folder. */
  folder: string;
  timeoutMs: number;
  /** Called with each line of its output. */
  onLine?: (line: string) => void;
  signal?: AbortSignal;
};

export type SandboxEnd = { code: number | null; timedOut: boolean; stderr: string };

const MEMORY_MB = 768;
const FILE_BYTES = 256 * 1024 * 1024;
const root = path.resolve(import.meta.dirname, '../../..');
const readable = ['node_modules', 'server/adapters/convert', 'package.json'].map((name) =>
  path.join(root, name),
);
const JOB = '/job';

/**
 * Runs a conversion as a fresh process: an empty environment, limits of time, memory and file size, no files but the code and its
 * own folder, and no network where the machine has bubblewrap. How it ended is told, but what it left behind decides.
 */
export async function runSandboxed(run: SandboxRun): Promise<SandboxEnd> {
  const launcher = await (launchers ??= findLaunchers());
  const folder = launcher.bubblewrap ? JOB : run.folder;
  const node = [
    realpathSync(process.execPath),
    `--max-old-space-size=${MEMORY_MB}`,
    '--no-warnings',
    '--permission',
    '--allow-addons',
    ...[...readable.map((name) => realpathSync(name)), folder].map((name) => `--allow-fs-read=${name}`),
    `--allow-fs-write=${folder}`,
    path.join(realpathSync(import.meta.dirname), run.script),
    ...run.args,
  ];
  const limited = launcher.prlimit ? [...limits(run.timeoutMs), ...node] : node;
  const env = { NODE_ENV: 'production', PATH: '/usr/local/bin:/usr/bin:/bin' } as const;
  const [command = '', ...args] = launcher.bubblewrap ? [...roomOfItsOwn(run.folder), ...limited] : limited;
  return watch(spawn(command, args, { cwd: run.folder, env, stdio: ['ignore', 'pipe', 'pipe'] }), run);
}

function limits(timeoutMs: number): string[] {
  const cpu = Math.ceil(timeoutMs / 1000) + 5;
  return ['prlimit', `--cpu=${cpu}`, `--fsize=${FILE_BYTES}`, '--nofile=512', '--core=0', '--'];
}

/** No network, no processes but its own, and of the file system the system's libraries, the code, and its folder. */
function roomOfItsOwn(folder: string): string[] {
  const system = ['/usr', '/lib', '/lib64', '/bin'].flatMap((name) => ['--ro-bind-try', name, name]);
  const code = [...readable, process.execPath].map((name) => realpathSync(name));
  return [
    'bwrap',
    '--unshare-all',
    '--die-with-parent',
    '--new-session',
    ...system,
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
    ...code.flatMap((name) => ['--ro-bind', name, name]),
    ...['--bind', folder, JOB, '--chdir', JOB, '--'],
  ];
}

function watch(child: ReturnType<typeof spawn>, run: SandboxRun): Promise<SandboxEnd> {
  return new Promise((resolve, reject) => {
    let timedOut = false;
    let stderr = '';
    const kill = () => child.kill('SIGKILL');
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, run.timeoutMs);
    run.signal?.addEventListener('abort', kill, { once: true });
    if (run.signal?.aborted) kill();
    child.stderr?.on('data', (chunk: Buffer) => {
      if (stderr.length < 4000) stderr += chunk.toString();
    });
    if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => run.onLine?.(line));
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      run.signal?.removeEventListener('abort', kill);
      resolve({ code, timedOut, stderr });
    });
  });
}

type Launchers = { bubblewrap: boolean; prlimit: boolean };
let launchers: Promise<Launchers> | undefined;

/** What this machine has: bubblewrap may be installed and yet not be allowed, as in many containers. */
async function findLaunchers(): Promise<Launchers> {
  const works = (command: string, args: string[]) =>
    promisify(execFile)(command, args).then(
      () => true,
      () => false,
    );
  const [bubblewrap, prlimit] = await Promise.all([
    works('bwrap', [...roomOfItsOwn(root), process.execPath, '--version']),
    works('prlimit', ['--core=0', '--', process.execPath, '--version']),
  ]);
  return { bubblewrap, prlimit };
}
