import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { vi } from 'vitest';

export type WorkerProcess = { child: ChildProcess; health(): Promise<Response>; ended: Promise<unknown[]> };

/** A real worker process on a test database. It answers once this resolves. @param more  of its environment */
export async function startWorkerProcess(
  databaseUrl: string,
  stateFolder: string,
  more: Readonly<Record<string, string>> = {},
): Promise<WorkerProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/worker.ts'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      S3_BUCKET: '',
      DATABASE_URL: databaseUrl,
      LECTERN_SECRET: 'a secret that only this test knows, 32+',
      LECTERN_STATE_DIR: stateFolder,
      LECTERN_URL: 'http://localhost:1',
      LECTERN_FILES_URL: `http://127.0.0.1:${port}`,
      LIVEKIT_URL: 'ws://127.0.0.1:1',
      LIVEKIT_API_KEY: 'none',
      LIVEKIT_API_SECRET: 'a secret that only this test knows, 32+',
      ...more,
    },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const health = () => fetch(`http://127.0.0.1:${port}/health`);
  await vi.waitFor(
    async () => {
      if ((await health()).status !== 200) throw new Error('The worker does not answer yet');
    },
    { timeout: 60_000, interval: 200 },
  );
  return { child, health, ended };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

export type Running = { pid: number; command: string };

/** The processes that work on files below a folder, shut in or not. */
export function processesBelow(folder: string): Running[] {
  const tryTo = (look: () => string) => {
    try {
      return look();
    } catch {
      // It has ended in the meantime.
      return '';
    }
  };
  const read = (pid: string, file: string) => tryTo(() => readFileSync(`/proc/${pid}/${file}`, 'utf8'));
  const isBelow = (pid: string) =>
    ['cmdline', 'mountinfo'].some((file) => read(pid, file).includes(folder)) ||
    tryTo(() => readlinkSync(`/proc/${pid}/cwd`)).includes(folder);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter(isBelow)
    .map((pid) => ({ pid: Number(pid), command: read(pid, 'cmdline').replaceAll('\0', ' ') }))
    .filter(({ command }) => command !== '');
}

/** The process that started a process. */
function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

/** The one of the workers that has started one of these processes. */
export function workerOf(pids: readonly number[], workers: readonly WorkerProcess[]): WorkerProcess {
  for (const pid of pids) {
    for (let above = pid; above > 1; above = parentOf(above)) {
      const worker = workers.find(({ child }) => child.pid === above);
      if (worker) return worker;
    }
  }
  throw new Error('None of the workers has started it');
}
