import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

export type ProcessIdentity = { pid: number; startedAt: string };

export type StartOptions = {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** A file that takes everything the process prints. */
  logFile: string;
  /** Also called with each line, for a stack that somebody watches. */
  onLine?: ((line: string) => void) | undefined;
};

export type RunningProcess = {
  name: string;
  pid: number;
  /** Settles when the process has ended, with how. */
  ended: Promise<string>;
  hasEnded(): boolean;
  /** SIGTERM to the process and its children, SIGKILL after the grace. */
  stop(graceMs?: number): Promise<void>;
  /** SIGKILL at once. */
  kill(): Promise<void>;
};

/** Starts a process as the leader of a group of its own: a terminal's Ctrl-C does not reach it, its children end with it. */
export function startProcess(options: StartOptions): RunningProcess {
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  keepOutput(child, options);
  let over = false;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  }).finally(() => {
    over = true;
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${options.name}: ${options.command} could not be started`);
  const signalAndWait = async (signal: NodeJS.Signals, graceMs: number) => {
    if (!over) signalGroup(pid, signal);
    await Promise.race([ended, wait(graceMs, undefined, { ref: false })]);
    // Whatever of the group is left, and the process itself where the grace was not enough.
    signalGroup(pid, 'SIGKILL');
    await ended;
  };
  return {
    name: options.name,
    pid,
    ended,
    hasEnded: () => over,
    stop: (graceMs = 8_000) => signalAndWait('SIGTERM', graceMs),
    kill: () => signalAndWait('SIGKILL', 1_000),
  };
}

function keepOutput(child: ChildProcess, { logFile, onLine }: StartOptions): void {
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      onLine?.(line);
    });
  }
  child.once('close', () => log.end());
}

/** Runs a process to its end; throws with the end of its output when it fails. */
export async function runToEnd(options: StartOptions): Promise<void> {
  const child = startProcess(options);
  const how = await child.ended;
  if (how !== 'exit code 0') throw new Error(`${options.name} failed (${how}).\n${logTail(options.logFile)}`);
}

export function logTail(logFile: string, lines = 25): string {
  try {
    const text = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
    return `Last lines of ${path.basename(logFile)}:\n${text}`;
  } catch {
    return '';
  }
}

/** A process id alone may have been given to somebody else since: its start time makes it unmistakable. */
export function identify(pid: number): ProcessIdentity | undefined {
  try {
    return { pid, startedAt: process.platform === 'linux' ? linuxStartTime(pid) : startTimeByPs(pid) };
  } catch {
    return undefined;
  }
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

function linuxStartTime(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold anything; the start time is the 20th field behind it, the state the first.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') throw new Error('ended');
  return fields[19] ?? '';
}

function startTimeByPs(pid: number): string {
  return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}

export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

/** Waits until the condition holds; gives up with the message, or as soon as one of the processes has ended. */
export async function waitFor(
  what: string,
  condition: () => Promise<boolean>,
  { timeoutMs = 60_000, process: watched }: { timeoutMs?: number; process?: RunningProcess } = {},
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (watched?.hasEnded()) throw new Error(`${what}: ${watched.name} has ended (${await watched.ended}).`);
    if (Date.now() > deadline) throw new Error(`${what}: not after ${timeoutMs / 1000} s.`);
    await wait(50);
  }
}

/** Whether the address answers, whatever it says: alive is not ready. */
export async function answers(url: string, timeoutMs = 30_000): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'manual' });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
