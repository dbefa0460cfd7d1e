import { randomUUID } from 'node:crypto';
import type { RoomEvent } from '@/room/events';
import { ServerClock } from '@/room/server-clock';
import type { App } from '../app';
import { createLimits, type Limits } from './limits';
import { MediaEnds } from './media-ends';
import { MEMORY_BOUNDS, type MemoryBounds } from './memory';
import { RoomCache } from './room-cache';
import { TailHub } from './tail-hub';
import { ToldToWait } from './told-to-wait';

/** Rooms whose state one process keeps in memory; the least used goes first and is read again when it is needed. */
const MAX_CACHED_ROOMS = 200;

/** What one process keeps of its rooms. All of it can be lost at any moment: the database has everything. */
export class RoomsRuntime {
  /** Names this process in connection leases. */
  readonly instanceId = randomUUID() as string;
  readonly hub: TailHub;
  readonly limits: Limits = createLimits();
  readonly toldToWait = new ToldToWait();
  readonly mediaEnds = new MediaEnds();
  readonly bounds: MemoryBounds;
  readonly #caches = new Map<string, RoomCache>();
  readonly #appends = new Set<Promise<void>>();
  /** Postgres' clock by this process' monotonic one: what the machine's calendar says matters only until it has answered. */
  readonly #clock = new ServerClock(() => performance.now(), Date.now(), true);

  constructor(app: App, bounds: MemoryBounds = MEMORY_BOUNDS) {
    this.bounds = bounds;
    this.hub = new TailHub(app, this);
  }

  cacheOf(roomId: string): RoomCache {
    const cache = this.#caches.get(roomId) ?? new RoomCache(roomId, this.bounds.roomCache);
    this.#caches.delete(roomId);
    this.#caches.set(roomId, cache);
    this.#forgetRooms(cache);
    return cache;
  }

  /** Folds what another process has committed into a room that is in memory, so that it stays current. */
  follow(roomId: string, events: readonly RoomEvent[]): void {
    this.#caches.get(roomId)?.advance(events);
    this.mediaEnds.note(roomId, events);
  }

  /** Rooms in memory, and about what they take, in bytes. */
  cached(): { rooms: number; bytes: number } {
    let bytes = 0;
    for (const cache of this.#caches.values()) bytes += cache.bytes;
    return { rooms: this.#caches.size, bytes };
  }

  /** The least used rooms go, as far as nobody is at work in them. */
  #forgetRooms(inUse: RoomCache): void {
    let { bytes } = this.cached();
    for (const [id, cache] of this.#caches) {
      if (this.#caches.size <= MAX_CACHED_ROOMS && bytes <= this.bounds.caches) return;
      if (cache.busy || cache === inUse) continue;
      this.#caches.delete(id);
      bytes -= cache.bytes;
    }
  }

  /** Remembers that something is being appended, until it is done. */
  noteAppend(work: Promise<void>): void {
    const done = work.finally(() => this.#appends.delete(done));
    this.#appends.add(done);
  }

  /** Resolves when nothing is being appended by this process. */
  async appendsDone(): Promise<void> {
    while (this.#appends.size > 0) await Promise.allSettled(this.#appends);
  }

  /** Learns Postgres' clock from an answer that has just come. */
  noteClock(serverNow: number): void {
    if (Number.isFinite(serverNow)) this.#clock.note(serverNow);
  }

  /** Postgres' time now as well as this process knows it, ms since the epoch: for showing, never for deciding. */
  serverNow(): number {
    return Math.round(this.#clock.now());
  }
}

const key = Symbol.for('lectern.rooms.runtimes');
const holder = globalThis as typeof globalThis & { [key]?: WeakMap<App, RoomsRuntime> };
const runtimes = (holder[key] ??= new WeakMap());

/** Gives an App a runtime with bounds of its own: tests make them small. */
export function boundRuntime(app: App, bounds: MemoryBounds): RoomsRuntime {
  const runtime = new RoomsRuntime(app, bounds);
  runtimes.set(app, runtime);
  return runtime;
}

/** The runtime of an App. It is global because Next loads modules several times in one process. */
export function runtimeOf(app: App): RoomsRuntime {
  let runtime = runtimes.get(app);
  if (!runtime) {
    runtime = new RoomsRuntime(app);
    runtimes.set(app, runtime);
  }
  return runtime;
}
