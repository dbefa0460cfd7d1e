import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cacheFolder, stackFolder } from './folders';
import { identify, isAlive, type ProcessIdentity, signalGroup } from './processes';

/**
 * Each stack has a folder and, while it runs, a run file in it: who owns it and which processes it started. A stack whose
 * owner was killed is found by the next start of any stack, its processes are ended and what it did not want kept is removed.
 */
type RunFile = {
  owner: ProcessIdentity;
  /** What a person would look for: the address. */
  label: string;
  keep: boolean;
  processes: ProcessIdentity[];
};

export type StackFolder = {
  path: string;
  /** Puts down a process that has to be ended if this process dies. */
  record(pid: number): void;
  /** The processes that were recorded and still run. */
  pids(): number[];
  /** Forgets the processes, and the folder where it is not kept. All of them must have ended. */
  release(): void;
};

export class StackIsRunning extends Error {
  constructor(
    readonly label: string,
    readonly pid: number,
  ) {
    super(`Lectern already runs here: ${label} (process ${pid}).`);
  }
}

export function openStackFolder(name: string, options: { keep: boolean; label: string }): StackFolder {
  const folder = stackFolder(name);
  // 0711: Postgres' own user goes through to its data, and sees nothing of the rest.
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const running = readRunFile(folder);
  if (running) throw new StackIsRunning(running.label, running.owner.pid);
  const owner = identify(process.pid);
  if (!owner) throw new Error('This process cannot find itself in the process table.');
  const run: RunFile = { owner, label: options.label, keep: options.keep, processes: [] };
  writeRunFile(folder, run);
  return {
    path: folder,
    record: (pid) => {
      const identity = identify(pid);
      if (!identity) return;
      run.processes = [...run.processes.filter(isAlive), identity];
      writeRunFile(folder, run);
    },
    pids: () => run.processes.filter(isAlive).map(({ pid }) => pid),
    release: () => rmSync(options.keep ? runFilePath(folder) : folder, { recursive: true, force: true }),
  };
}

/** Ends what killed owners left running: their ports are free again. */
export async function endAbandonedStacks(): Promise<void> {
  const stacks = path.join(cacheFolder(), 'stacks');
  mkdirSync(stacks, { recursive: true, mode: 0o755 });
  for (const name of readdirSync(stacks)) {
    const folder = path.join(stacks, name);
    const run = readRunFile(folder);
    if (!run || isAlive(run.owner)) continue;
    await Promise.all(run.processes.map(endAbandoned));
    rmSync(run.keep ? runFilePath(folder) : folder, { recursive: true, force: true });
  }
}

/** SIGINT is Postgres' fast shutdown, and an end for everything else. */
async function endAbandoned(identity: ProcessIdentity): Promise<void> {
  if (!isAlive(identity)) return;
  signalGroup(identity.pid, 'SIGINT');
  for (let tries = 0; tries < 100 && isAlive(identity); tries++) await wait(50);
  if (isAlive(identity)) signalGroup(identity.pid, 'SIGKILL');
}

const runFilePath = (folder: string) => path.join(folder, 'run.json');

function readRunFile(folder: string): RunFile | undefined {
  try {
    return JSON.parse(readFileSync(runFilePath(folder), 'utf8')) as RunFile;
  } catch {
    // None, or its owner is removing it just now.
    return undefined;
  }
}

/** Renamed into place: a reader never sees half a file. */
function writeRunFile(folder: string, run: RunFile): void {
  const file = runFilePath(folder);
  writeFileSync(`${file}.new`, JSON.stringify(run), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
