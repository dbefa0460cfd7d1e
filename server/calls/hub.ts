import { randomUUID } from 'node:crypto';
import type { App } from '../app';
import { metrics } from '../metrics';
import type { CallState } from './machine';
import { hint, listRecent, type RecentCall } from './queries/calls';
import * as connections from './queries/connections';

const CHANNEL = 'lectern_calls';
/** NOTIFY is a hint: who is connected is asked for this often in any case. ms */
const POLL_MS = 2000;
const PING_MS = 15_000;
const RENEW_MS = 10_000;
const LEASE_SECONDS = 30;
/** Between two pages, and between two streams, nobody is away. Seconds. */
const GRACE_SECONDS = 10;
/** A stream lives so long, and a part of `SPREAD_MS` longer: whose other end is gone without a word is not online for ever. */
const LIFE_MS = 60_000;
const SPREAD_MS = 30_000;
/** What became of a call is told so long. */
const TOLD_SECONDS = 20;
const MOST_CALLS = 500;
const MOST_STREAMS = 20;
/** A client for whom more than this waits is not there. Bytes. */
const MOST_WAITING = 64 * 1024;

/** A call as one of its two people sees it. `ringsUntil` and `now` are Postgres' time, ms since the epoch. */
export type CallView = {
  id: string;
  role: 'caller' | 'callee';
  state: CallState;
  person: { id: string; name: string };
  course: { id: string; title: string };
  /** Its room, once it was answered. */
  slug: string | null;
  ringsUntil: number;
};
/** What is sent: how things stand with the person's calls, whole each time. */
export type CallNews = { now: number; call: CallView | null };

type Stream = {
  id: string;
  userId: string;
  /** What it was told last, and need not be told again. */
  told: string | null;
  controller: ReadableStreamDefaultController<Uint8Array>;
  life: NodeJS.Timeout;
};

export type Comer = { userId: string; sessionId: string; signal: AbortSignal };

const encoder = new TextEncoder();

/** The streams of one process, by which pages hear of calls. All of it can be lost at any moment: the database has everything. */
export class CallHub {
  readonly instanceId = randomUUID() as string;
  readonly #app: App;
  readonly #streams = new Map<string, Stream>();
  #timers: NodeJS.Timeout[] = [];
  #following: Promise<{ unlisten(): Promise<void> }> | null = null;
  #looking: Promise<void> | null = null;
  #again = false;
  #ending = false;

  constructor(app: App) {
    this.#app = app;
  }

  get ending(): boolean {
    return this.#ending;
  }

  isFull(userId: string): boolean {
    return this.#of(userId).length >= MOST_STREAMS;
  }

  /** The body of one browser's stream. Whoever has it is online from here on. */
  open({ userId, sessionId, signal }: Comer): ReadableStream<Uint8Array> {
    const id = this.#app.newId();
    return new ReadableStream<Uint8Array>({
      start: async (controller) => {
        this.#follow();
        const row = { id, userId, sessionId, instanceId: this.instanceId };
        await connections.insertConnection(this.#app.db, row, LEASE_SECONDS);
        const part = Number.parseInt(id.slice(0, 4), 16) / 0xffff;
        const life = setTimeout(() => this.#end(id), LIFE_MS + part * SPREAD_MS).unref();
        this.#streams.set(id, { id, userId, told: null, controller, life });
        if (signal.aborted || this.#ending) return this.#end(id);
        signal.addEventListener('abort', () => this.#end(id), { once: true });
        controller.enqueue(encoder.encode('retry: 1000\n\n'));
        await this.look();
      },
      cancel: () => this.#end(id),
    });
  }

  /** Tells these people's tabs how their calls stand: those of this process at once, those of others by a hint. */
  async tell(userIds: readonly string[]): Promise<void> {
    await this.look();
    try {
      await hint(this.#app.db, CHANNEL, userIds);
    } catch (error) {
      this.#app.log.warn({ err: error }, 'other processes were not told of a call; they look for it');
    }
  }

  /** Looks at what is new, and tells whom it concerns. One looking at a time; what comes during one makes it look once more. */
  look(): Promise<void> {
    if (this.#streams.size === 0) return Promise.resolve();
    this.#again = true;
    this.#looking ??= this.#lookWhile();
    return this.#looking;
  }

  /** Ends every stream: browsers open them anew, at another process. */
  async close(): Promise<void> {
    this.#ending = true;
    for (const timer of this.#timers) clearInterval(timer);
    const ids = [...this.#streams.keys()];
    for (const id of ids) this.#finish(id);
    await connections.endConnections(this.#app.db, ids, GRACE_SECONDS);
    const following = this.#following;
    this.#following = null;
    if (following) await (await following).unlisten();
  }

  /** Renews the leases of open streams; one whose sign-in has ended is closed. */
  async renew(): Promise<void> {
    const ids = [...this.#streams.keys()];
    const kept = await connections.renewConnections(
      this.#app.db,
      { instanceId: this.instanceId, ids },
      LEASE_SECONDS,
    );
    for (const id of ids) if (!kept.has(id)) this.#end(id);
  }

  async #lookWhile(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        this.#spread(await listRecent(this.#app.db, TOLD_SECONDS, MOST_CALLS));
      } catch (error) {
        this.#app.log.warn({ err: error }, 'calls could not be looked at; they are looked at again');
        metrics.failures.inc({ kind: 'calls' });
      }
    }
    this.#looking = null;
  }

  #spread({ now, calls }: { now: number; calls: readonly RecentCall[] }): void {
    const latest = new Map<string, CallView>();
    for (const call of calls) {
      // Those that ring come first: the first of somebody's is the one that counts.
      for (const view of viewsOf(call)) if (!latest.has(view.of)) latest.set(view.of, view.call);
    }
    for (const stream of this.#streams.values()) {
      const call = latest.get(stream.userId) ?? null;
      const told = call ? `${call.id} ${call.state} ${call.slug !== null}` : '';
      if (told === stream.told) continue;
      stream.told = told;
      this.#send(stream, `data: ${JSON.stringify({ now, call } satisfies CallNews)}\n\n`);
    }
  }

  #follow(): void {
    if (this.#following) return;
    this.#following = this.#app.sql.listen(CHANNEL, (people) => {
      if (people.split(',').some((userId) => this.#of(userId).length > 0)) void this.look();
    });
    this.#following.catch((error: unknown) => {
      this.#app.log.error({ err: error }, 'cannot listen for calls of other processes; they are looked for');
      metrics.failures.inc({ kind: 'listen' });
    });
    this.#timers.push(
      setInterval(() => void this.look(), POLL_MS).unref(),
      setInterval(() => this.#ping(), PING_MS).unref(),
      setInterval(() => this.#renewOrWarn(), RENEW_MS).unref(),
    );
  }

  #renewOrWarn(): void {
    this.renew().catch((error: unknown) => {
      this.#app.log.warn({ err: error }, 'who is online could not be renewed; it is tried again');
      metrics.failures.inc({ kind: 'lease' });
    });
  }

  #ping(): void {
    for (const stream of this.#streams.values()) this.#send(stream, 'event: ping\ndata: 1\n\n');
  }

  #of(userId: string): Stream[] {
    return [...this.#streams.values()].filter((stream) => stream.userId === userId);
  }

  #send(stream: Stream, text: string): void {
    if ((stream.controller.desiredSize ?? 0) < -MOST_WAITING) return this.#end(stream.id);
    stream.controller.enqueue(encoder.encode(text));
  }

  /** Ends one stream. Who does not come back within the grace is away. */
  #end(id: string): void {
    if (!this.#finish(id)) return;
    connections.endConnections(this.#app.db, [id], GRACE_SECONDS).catch((error: unknown) => {
      this.#app.log.warn({ err: error }, 'a going was not stored; its lease will run out');
    });
  }

  #finish(id: string): boolean {
    const stream = this.#streams.get(id);
    if (!stream) return false;
    this.#streams.delete(id);
    clearTimeout(stream.life);
    try {
      stream.controller.close();
    } catch (error) {
      // A stream that the browser has cancelled is closed already.
      if (!(error instanceof TypeError)) throw error;
    }
    return true;
  }
}

/** A call as each of its two sees it. Who was busy is not told that it would have rung. */
function viewsOf(call: RecentCall): { of: string; call: CallView }[] {
  const { id, state, slug, ringsUntil } = call;
  const course = { id: call.courseId, title: call.course };
  const shared = { id, state, slug, ringsUntil, course };
  const caller = { id: call.callerId, name: call.callerName };
  const callee = { id: call.calleeId, name: call.calleeName };
  const views = [{ of: caller.id, call: { ...shared, role: 'caller' as const, person: callee } }];
  if (state === 'busy') return views;
  return [...views, { of: callee.id, call: { ...shared, role: 'callee' as const, person: caller } }];
}
