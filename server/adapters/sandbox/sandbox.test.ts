import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { processesBelow } from '../../worker-fixture';
import { type Launchers, runSandboxed } from './sandbox';
import { sweepWorkFolder } from './work-folder';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-sandbox-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const NOTHING: Launchers = { bubblewrap: false, prlimit: false, unshare: false, setpriv: false };

test.each<[string, Launchers | undefined]>([
  ['with what this machine has', undefined],
  ['without bubblewrap', { ...NOTHING, setpriv: true }],
])('a process ends with the one that started it, even if that is killed, %s', async (_how, launchers) => {
  const script = path.join(folder, 'starts.ts');
  const run = { folder, reads: [], timeoutMs: 600_000, launchers };
  await writeFile(
    script,
    `import { runSandboxed } from ${JSON.stringify(path.resolve(import.meta.dirname, 'sandbox.ts'))};
    void runSandboxed({ ...${JSON.stringify(run)}, command: () => ['sleep', '987654'] });`,
  );
  const parent = spawn(process.execPath, ['--import', 'tsx', script], { stdio: 'ignore' });
  const ended = once(parent, 'exit');
  const sleeping = () => processesOf('sleep 987654');
  // What starts it ends with the same words, and is bound to its parent only by the time it has become it.
  const begun = () => sleeping().some(({ command }) => command.trim() === 'sleep 987654');
  try {
    await vi.waitFor(() => expect(begun()).toBe(true), { timeout: 15_000, interval: 50 });
  } finally {
    parent.kill('SIGKILL');
    await ended;
  }
  await vi.waitFor(() => expect(sleeping()).toEqual([]), { timeout: 5_000, interval: 50 });
});

const processesOf = (command: string) =>
  processesBelow(folder).filter((one) => one.command.trim().endsWith(command));

test('what a process has started ends with it, and its environment is empty', async () => {
  const lines: string[] = [];
  const end = await runSandboxed({
    folder,
    reads: [],
    timeoutMs: 20_000,
    launchers: NOTHING,
    command: () => ['sh', '-c', 'sleep 987653 & env'],
    onLine: (line) => lines.push(line),
  });
  expect(end).toMatchObject({ code: 0, timedOut: false });
  expect(lines.join('\n')).not.toMatch(/DATABASE|VITEST|SECRET/);
  expect(processesOf('sleep 987653')).toEqual([]);
});

test('what killed processes have left is removed once nobody can be working on it', async () => {
  const left = path.join(folder, 'work', 'job-left');
  await sweepWorkFolder(path.join(folder, 'work'), Date.now());
  await mkdir(left);
  await sweepWorkFolder(path.join(folder, 'work'), Date.now());
  expect(await readdir(path.join(folder, 'work'))).toEqual(['job-left']);
  await sweepWorkFolder(path.join(folder, 'work'), Date.now() + 3 * 3600_000);
  expect(await readdir(path.join(folder, 'work'))).toEqual([]);
});
