import type { Executor } from '@/db/client';
import type { CommandResult, SystemCommandBody } from '@/room/commands';
import type { RoomEvent } from '@/room/events';
import type { App } from '../app';
import { AppError } from '../errors';
import { failpoint } from '../failpoint';
import { metrics } from '../metrics';
import { type Appended, appendGroup, appendSystemCommand } from './append';
import type { AskedCommand } from './append-facts';
import { announceCommitted } from './effects';
import { isRefusedData } from './queries/append';
import type { RoomCache } from './room-cache';
import { runtimeOf } from './runtime';
import { storeSnapshots } from './snapshots';

/**
 * Commands of one group commit: enough to fill a transaction, few enough to answer soon, and that in a crowd some are read
 * while others are written.
 */
const MAX_GROUP = 100;

export type SystemHook = (tx: Executor, events: readonly RoomEvent[]) => Promise<void>;

type Job =
  | {
      kind: 'commands';
      asked: readonly AskedCommand[];
      resolve: (results: CommandResult[]) => void;
      reject: (error: unknown) => void;
    }
  | {
      kind: 'system';
      body: SystemCommandBody;
      also: SystemHook | undefined;
      resolve: (appended: Appended) => void;
      reject: (error: unknown) => void;
    };

const key = Symbol.for('lectern.rooms.queues');
const holder = globalThis as typeof globalThis & { [key]?: WeakMap<RoomCache, Job[]> };
const queues = (holder[key] ??= new WeakMap());

/** Puts commands into their room's queue: one writer a room and process (L3). */
export function enqueueCommands(
  app: App,
  roomId: string,
  asked: readonly AskedCommand[],
): Promise<CommandResult[]> {
  return new Promise((resolve, reject) => enqueue(app, roomId, { kind: 'commands', asked, resolve, reject }));
}

/** Puts what the server itself asks into the same queue. */
export function enqueueSystem(
  app: App,
  roomId: string,
  body: SystemCommandBody,
  also: SystemHook | undefined,
): Promise<Appended> {
  return new Promise((resolve, reject) =>
    enqueue(app, roomId, { kind: 'system', body, also, resolve, reject }),
  );
}

function enqueue(app: App, roomId: string, job: Job): void {
  const cache = runtimeOf(app).cacheOf(roomId);
  const queue = queues.get(cache) ?? [];
  queues.set(cache, queue);
  queue.push(job);
  if (!cache.busy) runtimeOf(app).noteAppend(drain(app, cache, queue));
}

async function drain(app: App, cache: RoomCache, queue: Job[]): Promise<void> {
  cache.busy = true;
  try {
    // What comes in the same turn of the event loop goes into the same transaction.
    await Promise.resolve();
    for (let job = queue.shift(); job; job = queue.shift()) {
      if (job.kind === 'system') await runSystem(app, cache, job);
      else await runGroup(app, cache, [job, ...takeCommands(queue, job.asked.length)], queue);
    }
  } finally {
    cache.busy = false;
  }
}

type CommandsJob = Extract<Job, { kind: 'commands' }>;

function takeCommands(queue: Job[], already: number): CommandsJob[] {
  const taken: CommandsJob[] = [];
  let count = already;
  for (let next = queue[0]; next?.kind === 'commands' && count < MAX_GROUP; next = queue[0]) {
    count += next.asked.length;
    taken.push(next);
    queue.shift();
  }
  return taken;
}

/** Carries out one group. `queue`: what waits behind it. */
async function runGroup(
  app: App,
  cache: RoomCache,
  jobs: readonly CommandsJob[],
  queue: readonly Job[],
): Promise<void> {
  const measured = metrics.appendSeconds.startTimer();
  try {
    const asked = jobs.flatMap((job) => job.asked);
    const appended = await appendGroup(app, cache, asked);
    measured();
    metrics.groupCommands.observe(asked.length);
    publish(app, cache, appended);
    // The next group is on its way to the database before those who are answered ask for more: both work at once.
    if (queue.length > 0) setImmediate(answerAll, jobs, appended.results);
    else answerAll(jobs, appended.results);
  } catch (error) {
    cache.reset();
    if (isRefusedData(error)) return runOneByOne(app, cache, jobs);
    if (!(error instanceof AppError)) metrics.failures.inc({ kind: 'append' });
    for (const job of jobs) job.reject(error);
  }
}

function answerAll(jobs: readonly CommandsJob[], results: readonly CommandResult[]): void {
  let from = 0;
  for (const job of jobs) {
    job.resolve(results.slice(from, from + job.asked.length));
    from += job.asked.length;
  }
}

/** The database refused something in a group: each command alone, so that only the one is refused that it was. */
async function runOneByOne(app: App, cache: RoomCache, jobs: readonly CommandsJob[]): Promise<void> {
  for (const job of jobs) {
    const results: CommandResult[] = [];
    try {
      for (const asked of job.asked) results.push(await runAlone(app, cache, asked));
      job.resolve(results);
    } catch (error) {
      job.reject(error);
    }
  }
}

async function runAlone(app: App, cache: RoomCache, asked: AskedCommand): Promise<CommandResult> {
  try {
    const appended = await appendGroup(app, cache, [asked]);
    publish(app, cache, appended);
    const [result] = appended.results;
    if (result) return result;
    throw new Error('a command was not answered');
  } catch (error) {
    cache.reset();
    if (!isRefusedData(error)) throw error;
    app.log.error(
      { err: error, commandId: asked.command.id, type: asked.command.body.type },
      'a command failed',
    );
    return { ok: false, id: asked.command.id, code: 'INTERNAL' };
  }
}

async function runSystem(app: App, cache: RoomCache, job: Extract<Job, { kind: 'system' }>): Promise<void> {
  try {
    const appended = await appendSystemCommand(app, cache, job.body, job.also);
    publish(app, cache, appended);
    job.resolve(appended);
  } catch (error) {
    if (!(error instanceof AppError)) {
      cache.reset();
      metrics.failures.inc({ kind: 'append' });
    }
    job.reject(error);
  }
}

/** After the commit: only now is the cache moved on, and everybody told. */
function publish(app: App, cache: RoomCache, appended: Appended): void {
  failpoint('after-commit');
  if (appended.events.length === 0) return;
  for (const { type } of appended.events) {
    metrics.events.inc({ type });
    if (type === 'chat.sent') metrics.chatMessages.inc();
  }
  cache.advance(appended.events);
  runtimeOf(app).mediaEnds.note(cache.roomId, appended.events);
  runtimeOf(app).hub.committed(cache.roomId, appended.events);
  announceCommitted(app, cache.roomId, appended.events);
  storeSnapshots(app, cache);
}
