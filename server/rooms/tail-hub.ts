import type { App } from '../app';
import type { RoomEvent } from '@/room/events';
import { encodeMessage } from '@/room/frames';
import { metrics } from '../metrics';
import * as queries from './queries/log';
import { RoomTail, type Subscriber } from './room-tail';
import type { RoomsRuntime } from './runtime';

const CHANNEL = 'lectern_rooms';
/** Every active room is asked this often, in ms: NOTIFY is only a hint (T6). */
const POLL_MS = 2000;
const PING_MS = 10_000;
/** How often what waits for all streams is added up, at most. */
const KEEP_BOUND_MS = 250;
const READ_AT_ONCE = 500;
/** A process that ends asks its tabs to go elsewhere, spread over this time, and closes who stays so much longer. ms */
const MOVE_WITHIN_MS = 2500;
const MOVE_LATE_MS = 1500;

const encoder = new TextEncoder();

/** All tails of one process, and how they hear of what other processes committed. */
export class TailHub {
  readonly #app: App;
  readonly #runtime: RoomsRuntime;
  readonly #tails = new Map<string, Promise<RoomTail>>();
  readonly #open = new Map<string, RoomTail>();
  /** Streams that were let in and have not joined yet. */
  readonly #coming = new Set<Subscriber>();
  readonly #reading = new Map<RoomTail, { done: Promise<void>; again: boolean }>();
  /** Rooms that other processes are to be told of, with the seq that they stand at. */
  readonly #dirty = new Map<string, number>();
  #notifying = false;
  #following: Promise<{ unlisten(): Promise<void> }> | null = null;
  #timers: NodeJS.Timeout[] = [];
  #boundKeptAt = 0;
  #ending = false;
  #emptied: (() => void) | null = null;

  constructor(app: App, runtime: RoomsRuntime) {
    this.#app = app;
    this.#runtime = runtime;
  }

  /** A stream was let in: it counts as one of its participant's from now on. */
  expect(subscriber: Subscriber): void {
    this.#coming.add(subscriber);
  }

  /** Adds a subscriber to a room's tail. Their `cursor` and `live` are theirs to set. */
  async join(roomId: string, subscriber: Subscriber): Promise<RoomTail> {
    if (this.#ending) throw new Error('this process is shutting down');
    this.#follow();
    for (;;) {
      let opening = this.#tails.get(roomId);
      if (!opening) {
        opening = this.#openTail(roomId);
        this.#tails.set(roomId, opening);
        opening.catch(() => this.#tails.delete(roomId));
      }
      const tail = await opening;
      // The last one may have left, and the tail been closed, in the meantime.
      if (this.#open.get(roomId) !== tail) continue;
      tail.subscribers.add(subscriber);
      this.#coming.delete(subscriber);
      return tail;
    }
  }

  leave(roomId: string, subscriber: Subscriber): void {
    this.#coming.delete(subscriber);
    const tail = this.#open.get(roomId);
    if (!tail) return;
    tail.subscribers.delete(subscriber);
    if (tail.subscribers.size > 0) return;
    tail.close();
    this.#open.delete(roomId);
    this.#tails.delete(roomId);
    if (this.#open.size === 0) this.#emptied?.();
  }

  /** This process takes no more streams; whose stream ends now is expected at another one, and has not left. */
  get ending(): boolean {
    return this.#ending;
  }

  /** All open streams: what this process' leases are renewed for. */
  listeners(): Subscriber[] {
    return [...this.#open.values()].flatMap((tail) => [...tail.subscribers]);
  }

  /** How many streams one participant has open here, or is about to have. */
  streamsOf(roomId: string, participantId: string): number {
    let count = 0;
    for (const { viewer } of this.#coming)
      if (viewer.roomId === roomId && viewer.id === participantId) count += 1;
    for (const { viewer } of this.#open.get(roomId)?.subscribers ?? [])
      if (viewer.id === participantId) count += 1;
    return count;
  }

  /** What the open tails of this process hold, in bytes, for its metrics. */
  load(): { rooms: number; waitingBytes: number; mostInARoom: number; ringBytes: number } {
    const waiting = [...this.#open.values()].map((tail) => tail.waitingBytes);
    return {
      rooms: this.#open.size,
      waitingBytes: waiting.reduce((sum, bytes) => sum + bytes, 0),
      mostInARoom: Math.max(0, ...waiting),
      ringBytes: [...this.#open.values()].reduce((sum, tail) => sum + tail.ringCharacters, 0),
    };
  }

  /** This process has committed events: its own subscribers get them at once, other processes get a hint. */
  committed(roomId: string, events: readonly RoomEvent[]): void {
    const last = events.at(-1);
    if (last) this.#dirty.set(roomId, last.seq);
    const tail = this.#open.get(roomId);
    if (tail && !tail.publish(events)) void this.#read(tail);
    // Where somebody listens, the hint goes out with the frame: once for all that comes together.
    if (!tail) void this.#notify();
  }

  /** Asks every tab to open its stream at another process; resolves when they have gone, or have had the time to (T7). */
  async moveAway(): Promise<void> {
    this.#ending = true;
    if (this.#open.size === 0) return;
    const bytes = encoder.encode(encodeMessage({ kind: 'reconnect', withinMs: MOVE_WITHIN_MS }));
    for (const subscriber of this.listeners()) subscriber.deliver(bytes);
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, MOVE_WITHIN_MS + MOVE_LATE_MS);
      this.#emptied = () => {
        clearTimeout(late);
        resolve();
      };
    });
  }

  /** Closes every stream (T7): an open one would keep the process alive. */
  async close(): Promise<void> {
    this.#ending = true;
    for (const timer of this.#timers) clearInterval(timer);
    for (const tail of this.#open.values()) tail.close();
    this.#open.clear();
    this.#tails.clear();
    const following = this.#following;
    this.#following = null;
    if (following) await (await following).unlisten();
  }

  async #openTail(roomId: string): Promise<RoomTail> {
    const head = await queries.selectHead(this.#app.db, roomId);
    if (!head) throw new Error(`there is no room ${roomId}`);
    this.#runtime.noteClock(head.now);
    const tail = new RoomTail(roomId, head.headSeq, {
      serverNow: () => this.#runtime.serverNow(),
      maxWaitingBytes: this.#runtime.bounds.roomStreams,
      ringCharacters: () => this.#runtime.bounds.rings / Math.max(1, this.#open.size),
      flushed: () => {
        this.#keepBound();
        void this.#notify();
      },
    });
    this.#open.set(roomId, tail);
    this.#runtime.mediaEnds.lookAt(roomId);
    // What was committed here between the reading and now had no tail to go to.
    await this.#read(tail);
    return tail;
  }

  /** A process that holds too much for slow streams closes the slowest of the room where most waits (T5). */
  #keepBound(): void {
    const now = performance.now();
    if (now < this.#boundKeptAt + KEEP_BOUND_MS) return;
    this.#boundKeptAt = now;
    for (let tries = this.#open.size; tries > 0; tries -= 1) {
      const most = [...this.#open.values()].map((tail) => ({ tail, bytes: tail.waitingBytes }));
      const excess = most.reduce((sum, { bytes }) => sum + bytes, 0) - this.#runtime.bounds.streams;
      if (excess <= 0) return;
      const largest = most.reduce((a, b) => (b.bytes > a.bytes ? b : a));
      largest.tail.dropSlowest(Math.max(0, largest.bytes - excess));
    }
  }

  #follow(): void {
    if (this.#following) return;
    this.#following = this.#app.sql.listen(CHANNEL, (payload) => {
      for (const hint of payload.split(',')) {
        const [roomId = '', seq] = hint.split(':');
        const tail = this.#open.get(roomId);
        if (tail && Number(seq) > tail.head) void this.#read(tail);
      }
    });
    this.#following.catch((error: unknown) => {
      this.#app.log.error({ err: error }, 'cannot listen for other processes; rooms are polled');
      metrics.failures.inc({ kind: 'listen' });
    });
    this.#timers.push(
      setInterval(() => void this.#poll(), POLL_MS).unref(),
      setInterval(() => this.#ping(), PING_MS).unref(),
    );
  }

  async #notify(): Promise<void> {
    if (this.#notifying || this.#dirty.size === 0) return;
    this.#notifying = true;
    try {
      while (this.#dirty.size > 0) {
        const hints = [...this.#dirty].slice(0, 100);
        for (const [roomId] of hints) this.#dirty.delete(roomId);
        await queries.notify(this.#app.db, CHANNEL, hints.map(([roomId, seq]) => `${roomId}:${seq}`).join());
      }
    } catch (error) {
      this.#app.log.warn({ err: error }, 'other processes were not told; they poll');
      metrics.failures.inc({ kind: 'notify' });
    } finally {
      this.#notifying = false;
    }
  }

  async #poll(): Promise<void> {
    if (this.#open.size === 0) return;
    try {
      this.#runtime.noteClock(await queries.selectNow(this.#app.db));
      for (const { id, headSeq } of await queries.selectHeads(this.#app.db, [...this.#open.keys()])) {
        const tail = this.#open.get(id);
        if (tail && headSeq > tail.head) void this.#read(tail);
      }
    } catch (error) {
      this.#app.log.warn({ err: error }, 'rooms could not be polled');
      metrics.failures.inc({ kind: 'poll' });
    }
  }

  #ping(): void {
    const bytes = encoder.encode(encodeMessage({ kind: 'ping', serverNow: this.#runtime.serverNow() }));
    for (const subscriber of this.listeners()) subscriber.deliver(bytes);
  }

  /** Reads a tail up to what is committed. One reading a tail; a hint that comes during one makes it read once more. */
  #read(tail: RoomTail): Promise<void> {
    const running = this.#reading.get(tail);
    if (running) {
      running.again = true;
      return running.done;
    }
    const reading = { done: Promise.resolve(), again: false };
    this.#reading.set(tail, reading);
    reading.done = this.#readWhile(tail, reading);
    return reading.done;
  }

  async #readWhile(tail: RoomTail, reading: { again: boolean }): Promise<void> {
    do {
      reading.again = false;
      await this.#readOnce(tail);
    } while (reading.again);
    this.#reading.delete(tail);
  }

  async #readOnce(tail: RoomTail): Promise<void> {
    try {
      for (;;) {
        const range = { after: tail.head, upTo: Number.MAX_SAFE_INTEGER, limit: READ_AT_ONCE };
        const events = await queries.selectEvents(this.#app.db, tail.roomId, range);
        tail.publish(events);
        this.#runtime.follow(tail.roomId, events);
        if (events.length < READ_AT_ONCE) return;
      }
    } catch (error) {
      this.#app.log.warn({ err: error, roomId: tail.roomId }, 'a room could not be read; it is polled again');
      metrics.failures.inc({ kind: 'read' });
    }
  }
}
