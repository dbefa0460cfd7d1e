import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { chromium } from '@playwright/test';
import { type Actor, signUpActor } from '../../actor';
import { CHROMIUM_ARGS, chromiumPath } from '../../chromium';
import type { Stack } from '../../stack/stack';
import { sumPssMb } from '../memory';
import type { Section } from '../run-sections';

const MB = 1024 * 1024;
const LARGE = 500 * MB;
/** Large enough that what lies in the sockets' buffers when the line is cut is a small part of it. */
const CUT = 200 * MB;
const CUT_AT = 0.6;

/**
 * Uploads by the library's own page in a browser. `uploadRssMb`: by how much web and worker grow at most while 500 MB come.
 * `resentShare`: the line is cut when 60 % have passed, and the upload goes on by itself; what is sent after the cut, headers and all, against
 * the file's size.
 */
export const measureUpload: Section = async (stack) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'lectern-bench-upload-'));
  const line = await countingProxy(Number(new URL(stack.filesUrl).port));
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    // The files origin is reached through the counting line.
    args: [
      ...CHROMIUM_ARGS,
      `--host-resolver-rules=MAP ${new URL(stack.filesUrl).host} 127.0.0.1:${line.port}`,
    ],
  });
  try {
    const actor = await signUpActor(stack.appUrl, 'Mara Lindt');
    const context = await browser.newContext({ storageState: await actor.storageState() });
    const page = await context.newPage();
    await page.goto(`${stack.appUrl}/library`);
    const picker = page.locator('input[type=file]').first();
    const send = async (name: string, bytes: number) => {
      const file = path.join(folder, name);
      await writeRandom(file, bytes);
      await picker.setInputFiles(file);
    };

    // The first one loads what the second one needs as well.
    await send('first.bin', 5 * MB);
    await arrived(actor, 'first.bin');
    const before = serverMb(stack);
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, serverMb(stack))), 100);
    await send('large.bin', LARGE);
    await arrived(actor, 'large.bin');
    clearInterval(watch);
    console.error(`memory before ${Math.round(before)} MB, at most ${Math.round(most)} MB`);

    line.cutAfter(CUT * CUT_AT);
    await send('cut.bin', CUT);
    await arrived(actor, 'cut.bin');
    const resentShare = line.sentSinceCut() / CUT;
    await context.close();
    return { uploadRssMb: most - before, resentShare };
  } finally {
    await browser.close();
    await line.close();
    await rm(folder, { recursive: true, force: true });
  }
};

async function writeRandom(file: string, bytes: number): Promise<void> {
  await pipeline(
    createReadStream('/dev/urandom', { end: bytes - 1, highWaterMark: MB }),
    createWriteStream(file),
  );
}

async function arrived(actor: Actor, name: string): Promise<void> {
  for (;;) {
    const { documents } = await actor.trpc.library.list.query({ search: name });
    if (documents[0]?.status === 'ready') return;
    if (documents[0]?.status === 'failed') throw new Error(`${name} failed: ${documents[0].failure}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Web and worker with all that they started, without the database and the media server. */
function serverMb(stack: Stack): number {
  const own = stack
    .pids()
    .filter((pid) => !/postgres|livekit/.test(readFileSync(`/proc/${pid}/cmdline`, 'latin1')));
  return sumPssMb(own);
}

/** A line to a port of this machine that counts what is sent through it, and can be cut. */
async function countingProxy(target: number) {
  const open = new Set<Socket>();
  let sent = 0;
  let cutAt = Number.POSITIVE_INFINITY;
  let sinceCut: number | null = null;
  const server = createServer((socket) => {
    const onward = connect(target, '127.0.0.1');
    for (const one of [socket, onward]) {
      open.add(one);
      one.on('close', () => open.delete(one));
      // Either end of a line that was cut.
      one.on('error', () => undefined);
    }
    socket.on('data', (chunk) => {
      sent += chunk.length;
      if (sinceCut !== null) sinceCut += chunk.length;
      else if (sent >= cutAt) {
        sinceCut = 0;
        for (const one of open) one.destroy();
      }
    });
    socket.pipe(onward);
    onward.pipe(socket);
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    /** Cuts every connection once so many bytes more have passed. */
    cutAfter(bytes: number) {
      cutAt = sent + bytes;
    },
    sentSinceCut() {
      if (sinceCut === null) throw new Error('The line was never cut');
      return sinceCut;
    },
    async close() {
      for (const one of open) one.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
