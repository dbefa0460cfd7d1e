import { randomUUID } from 'node:crypto';
import type { App } from '../app';
import { createLimits, type Limits } from './limits';
import { RoomCache } from './room-cache';
import { TailHub } from './tail-hub';

/** Rooms whose state one process keeps in memory; the least used goes first and is read again when it is needed. */
const MAX_CACHED_ROOMS = 200;

/** What one process keeps of its rooms. All of it can be lost at any moment: the database has everything. */
export class RoomsRuntime {
  /** Names this process in connection leases. */
  readonly instanceId = randomUUID() as string;
  readonly hub: TailHub;
  readonly limits: Limits = createLimits();
  readonly #caches = new Map<string, RoomCache>();
  readonly #appends = new Set<Promise<void>>();
  #clockAhead = 0;

  constructor(app: App) {
    this.hub = new TailHub(app, this);
  }

  cacheOf(roomId: string): RoomCache {
    const cache = this.#caches.get(roomId) ?? new RoomCache(roomId);
    this.#caches.delete(roomId);
    this.#caches.set(roomId, cache);
    if (this.#caches.size > MAX_CACHED_ROOMS) {
      for (const [id, idle] of this.#caches) {
        if (!idle.busy && id !== roomId) {
          this.#caches.delete(id);
          break;
        }
      }
    }
    return cache;
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
    if (Number.isFinite(serverNow)) this.#clockAhead = serverNow - Date.now();
  }

  /** Postgres' time now as well as this process knows it, ms since the epoch: for showing, never for deciding. */
  serverNow(): number {
    return Date.now() + this.#clockAhead;
  }
}

const key = Symbol.for('lectern.rooms.runtimes');
const holder = globalThis as typeof globalThis & { [key]?: WeakMap<App, RoomsRuntime> };
const runtimes = (holder[key] ??= new WeakMap());

/** The runtime of an App. It is global because Next loads modules several times in one process. */
export function runtimeOf(app: App): RoomsRuntime {
  let runtime = runtimes.get(app);
  if (!runtime) {
    runtime = new RoomsRuntime(app);
    runtimes.set(app, runtime);
  }
  return runtime;
}
