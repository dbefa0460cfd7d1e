import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { identify, isAlive, type ProcessIdentity } from './processes';
import { endAbandonedStacks, openStackFolder, StackIsRunning } from './registry';

let cache: string;
const given = process.env.LECTERN_CACHE_DIR;
beforeEach(() => {
  cache = mkdtempSync(path.join(tmpdir(), 'lectern-registry-'));
  process.env.LECTERN_CACHE_DIR = cache;
});
afterEach(() => {
  rmSync(cache, { recursive: true, force: true });
  if (given === undefined) delete process.env.LECTERN_CACHE_DIR;
  else process.env.LECTERN_CACHE_DIR = given;
});

/** A process that runs until somebody ends it. */
function startSleeper(): ProcessIdentity {
  const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const identity = identify(child.pid ?? 0);
  if (!identity) throw new Error('sleep did not start');
  return identity;
}

function writeStack(
  name: string,
  run: { owner: ProcessIdentity; keep: boolean; processes: ProcessIdentity[] },
) {
  const folder = path.join(cache, 'stacks', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'run.json'), JSON.stringify({ label: name, ...run }));
  return folder;
}

const myself = () => identify(process.pid) ?? { pid: 0, startedAt: '' };
const dead = () => ({ ...myself(), startedAt: 'at another time' });

test('what a killed owner left running is ended, and its folder goes unless its data are kept', async () => {
  const [left, kept] = [startSleeper(), startSleeper()];
  const folder = writeStack('left', { owner: dead(), keep: false, processes: [left] });
  const keptFolder = writeStack('kept', { owner: dead(), keep: true, processes: [kept] });
  await endAbandonedStacks();
  expect([isAlive(left), isAlive(kept)]).toEqual([false, false]);
  expect([existsSync(folder), existsSync(keptFolder)]).toEqual([false, true]);
});

test('a stack whose owner lives is left alone', async () => {
  const sleeper = startSleeper();
  const folder = writeStack('living', { owner: myself(), keep: false, processes: [sleeper] });
  await endAbandonedStacks();
  expect([isAlive(sleeper), existsSync(folder)]).toEqual([true, true]);
});

test('a process that took over the id of an ended one is left alone', async () => {
  const sleeper = startSleeper();
  writeStack('recycled', {
    owner: dead(),
    keep: false,
    processes: [{ ...sleeper, startedAt: 'at another time' }],
  });
  await endAbandonedStacks();
  expect(isAlive(sleeper)).toBe(true);
});

test('a stack is opened once, records what it starts, and leaves nothing when it is released', () => {
  const stack = openStackFolder('mine', { keep: false, label: 'http://localhost:1' });
  expect(() => openStackFolder('mine', { keep: false, label: '' })).toThrow(StackIsRunning);
  const sleeper = startSleeper();
  stack.record(sleeper.pid);
  expect(JSON.parse(readFileSync(path.join(stack.path, 'run.json'), 'utf8')).processes).toEqual([sleeper]);
  stack.release();
  expect(existsSync(stack.path)).toBe(false);
});
