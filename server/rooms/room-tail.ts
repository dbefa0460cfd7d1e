import type { RoomEvent } from '@/room/events';
import { type ClosedReason, encodeFrame } from '@/room/frames';
import { type RoomViewer, visibleEvent } from '@/room/visible';
import { metrics } from '../metrics';
import type { Participant } from './people';

/** While events keep coming, they are sent together at this distance, in ms (T4). */
const COALESCE_MS = 30;
/** How much of the log's end is kept encoded for those who come back. */
const RING_EVENTS = 1000;
const RING_CHARACTERS = 4 * 1024 * 1024;

/** An event and its JSON, made once for all audiences. */
type Encoded = { event: RoomEvent; json: string };

/** Somebody who listens to a room. `cursor` is the last seq that was sent; `live`: they get frames as they are made. */
export type Subscriber = {
  readonly viewer: Participant;
  readonly connectionId: string;
  readonly userAgent: string | null;
  /** Its tab says again and again that it is there (C6). */
  readonly confirms: boolean;
  /** The sign-in that the stream was opened with; null for a guest. */
  readonly sessionId: string | null;
  cursor: number;
  live: boolean;
  /** Bytes that this process keeps for the client because it takes them slowly. */
  readonly waitingBytes: number;
  /** Takes bytes. A client for whom too many wait already is closed instead (T5). Returns how many wait before these. */
  deliver(bytes: Uint8Array): number;
  /** Cuts off a client that takes too little (T5), or that nothing is heard of: its connection is left to the lease. */
  drop(reason: 'slow' | 'memory' | 'silent'): void;
  /** Ends the stream; `null`: the browser may come back at once. */
  close(reason: ClosedReason | null): void;
  /** Ends a stream whose connection goes on in another one: nobody has left. */
  supersede(): void;
};

/** What a tail is told by the process that it is in. */
export type TailSurroundings = {
  /** Postgres' time as well as it is known, ms since the epoch. */
  serverNow: () => number;
  /** Bytes that may wait for all streams of the room together. */
  maxWaitingBytes: number;
  /** Characters of the log's end that this room may keep now. */
  ringCharacters: () => number;
  /** Bytes were handed to the room's streams. */
  flushed: () => void;
};

const encoder = new TextEncoder();

/**
 * The end of one room's log as it goes out to this process' subscribers. Frames are encoded once for each set of events
 * that somebody may see, which mostly is one for everyone.
 */
export class RoomTail {
  readonly roomId: string;
  readonly subscribers = new Set<Subscriber>();
  /** The last seq that this process knows to be committed. */
  head: number;
  #ring: Encoded[] = [];
  #ringCharacters = 0;
  #flushed: number;
  #lastFlush = 0;
  #timer: NodeJS.Timeout | null = null;
  readonly #surroundings: TailSurroundings;

  constructor(roomId: string, head: number, surroundings: TailSurroundings) {
    this.roomId = roomId;
    this.head = head;
    this.#flushed = head;
    this.#surroundings = surroundings;
  }

  /** Bytes that wait for this room's streams. What several wait for is shared, so this is the most that it can be. */
  get waitingBytes(): number {
    let bytes = 0;
    for (const subscriber of this.subscribers) bytes += subscriber.waitingBytes;
    return bytes;
  }

  /** Characters of JSON that are kept for those who come back. */
  get ringCharacters(): number {
    return this.#ringCharacters;
  }

  /** Closes those for whom most waits, until no more than `maxBytes` wait. */
  dropSlowest(maxBytes: number): void {
    let bytes = this.waitingBytes;
    if (bytes <= maxBytes) return;
    for (const subscriber of [...this.subscribers].toSorted((a, b) => b.waitingBytes - a.waitingBytes)) {
      if (bytes <= maxBytes) return;
      bytes -= subscriber.waitingBytes;
      subscriber.drop('memory');
    }
  }

  /** Takes committed events. False: something before them is missing, and must be read first. */
  publish(events: readonly RoomEvent[]): boolean {
    for (const event of events) {
      if (event.seq <= this.head) continue;
      if (event.seq !== this.head + 1) return false;
      this.head = event.seq;
      this.#keep({ event, json: JSON.stringify(event) });
    }
    if (this.head > this.#flushed && !this.#timer) this.#schedule();
    return true;
  }

  /** Encoded frames from `after` to the head for one viewer, as far as the ring reaches back; null: it does not. */
  backlog(after: number, viewer: RoomViewer): Uint8Array | null {
    const first = this.#ring[0]?.event.seq ?? this.head + 1;
    if (after + 1 < first) return null;
    return this.#encode(after, (event) => visibleEvent(event, viewer));
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    for (const subscriber of this.subscribers) subscriber.close(null);
  }

  #keep(encoded: Encoded): void {
    this.#ring.push(encoded);
    this.#ringCharacters += encoded.json.length;
    const characters = Math.min(RING_CHARACTERS, this.#surroundings.ringCharacters());
    while (this.#ring.length > RING_EVENTS || this.#ringCharacters > characters) {
      const oldest = this.#ring[0];
      // What has not gone out yet stays, however large it is.
      if (!oldest || oldest.event.seq > this.#flushed) break;
      this.#ring.shift();
      this.#ringCharacters -= oldest.json.length;
    }
  }

  #schedule(): void {
    const wait = this.#lastFlush + COALESCE_MS - performance.now();
    if (wait <= 0) {
      this.#flush();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#flush();
    }, wait);
  }

  #flush(): void {
    const from = this.#flushed;
    this.#lastFlush = performance.now();
    this.#flushed = this.head;
    const fresh = this.#after(from).map(({ event }) => event);
    const restricted = fresh.filter((event) => event.audience !== 'everyone');
    const frames = new Map<string, Uint8Array>();
    /** The most that can wait now. */
    let waiting = 0;
    for (const subscriber of this.subscribers) {
      if (!subscriber.live || subscriber.cursor >= this.head) continue;
      const frame =
        subscriber.cursor === from
          ? this.#sharedFrame(frames, from, restricted, subscriber.viewer)
          : this.#encode(subscriber.cursor, (event) => visibleEvent(event, subscriber.viewer));
      subscriber.cursor = this.head;
      waiting += subscriber.deliver(frame) + frame.byteLength;
    }
    const [oldest] = fresh;
    if (oldest)
      metrics.deliverySeconds.observe(Math.max(0, this.#surroundings.serverNow() - oldest.at) / 1000);
    this.#closeRemoved(fresh);
    if (waiting > this.#surroundings.maxWaitingBytes) this.dropSlowest(this.#surroundings.maxWaitingBytes);
    this.#surroundings.flushed();
  }

  /** The frame of all who see the same: mostly there are no restricted events, and it is one for everyone. */
  #sharedFrame(
    frames: Map<string, Uint8Array>,
    from: number,
    restricted: readonly RoomEvent[],
    viewer: RoomViewer,
  ): Uint8Array {
    const seen = restricted.filter((event) => visibleEvent(event, viewer)).map((event) => event.seq);
    const key = seen.join();
    let frame = frames.get(key);
    if (!frame) {
      frame = this.#encode(from, (event) => event.audience === 'everyone' || seen.includes(event.seq));
      frames.set(key, frame);
    }
    return frame;
  }

  /** Who was removed hears of it, and then nothing more. */
  #closeRemoved(events: readonly RoomEvent[]): void {
    for (const event of events) {
      if (event.type !== 'person.removed') continue;
      for (const subscriber of this.subscribers) {
        if (subscriber.viewer.id === event.payload.participantId) subscriber.close('removed');
      }
    }
  }

  /** The ring is contiguous: a seq is a place in it. */
  #after(seq: number): Encoded[] {
    const first = this.#ring[0]?.event.seq ?? this.head + 1;
    return this.#ring.slice(Math.max(0, seq + 1 - first));
  }

  #encode(after: number, sees: (event: RoomEvent) => boolean): Uint8Array {
    const range = this.#after(after);
    const at = range.at(-1)?.event.at ?? 0;
    const seen = range.filter(({ event }) => sees(event)).map(({ json }) => json);
    return encoder.encode(encodeFrame(after + 1, this.head, at, seen));
  }
}
