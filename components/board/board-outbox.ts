import type { RoomLog } from '@/components/room-log/types';
import type { BoardRecord, Layer } from '@/room/boards';
import type { CommandBody, CommandResult } from '@/room/commands';

export type StrokeTiming = { shapeId: string; startedMsAgo: number; offsets: number[] };

/** How long a change may wait for others to go with it, ms. */
const WAIT_MS = { now: 0, soon: 120, text: 400, partOfStroke: 2000 } as const;
export type Urgency = keyof typeof WAIT_MS;

const MOST_RECORDS = 100;
/** Characters of a command's records as JSON, of three bytes at most; the room takes 400,000 bytes. */
const MOST_CHARACTERS = 110_000;
const MOST_REMOVED = 1000;

type Waiting = { record: BoardRecord | null; due: number };
type Due = { records: ReadonlyMap<string, BoardRecord | null>; stroke: StrokeTiming | null };
type Change = Extract<CommandBody, { type: 'board.change' }>['payload'];

export type OutboxOptions = {
  log: Pick<RoomLog, 'send'>;
  boardId: string;
  layer: Layer;
  /** ms on any steady clock */
  now: () => number;
  /** When the points of a stroke were drawn; null when it is not known. */
  timingOf: (record: BoardRecord) => StrokeTiming | null;
  /** It is sent with its timing. */
  forgetTiming: (record: BoardRecord) => void;
};

type Events = {
  /** The room did not take these. */
  refused: (ids: readonly string[], code: string) => void;
  /** A sending was answered, and what came of that is done. */
  answered: (sent: ReadonlyMap<string, BoardRecord | null>, result: CommandResult) => void;
};

/** One's own changes of one layer of one board on their way to the log: those that wait, and what is under way. */
export class BoardOutbox {
  readonly #options: OutboxOptions;
  readonly #events: Events;
  /** Not sent yet; null takes the record away. */
  readonly #waiting = new Map<string, Waiting>();
  /** Sent and not answered yet. */
  readonly #flying = new Map<string, BoardRecord | null>();
  #flushTimer: ReturnType<typeof setTimeout> | null = null;
  #notBefore = 0;
  #closed = false;
  /** Which sending is under way, from 1. */
  #flight = 0;

  constructor(options: OutboxOptions, events: Events) {
    this.#options = options;
    this.#events = events;
  }

  /** What waits to be sent for a record: null takes it away, undefined is nothing. */
  waiting(id: string): BoardRecord | null | undefined {
    return this.#waiting.get(id)?.record;
  }

  /** What is being sent for a record: null takes it away, undefined is nothing. */
  flying(id: string): BoardRecord | null | undefined {
    return this.#flying.get(id);
  }

  has(id: string): boolean {
    return this.#waiting.has(id) || this.#flying.has(id);
  }

  /** Whether nothing waits. */
  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /** All that is on its way, the later ones later. */
  *changes(): Iterable<readonly [id: string, record: BoardRecord | null]> {
    yield* this.#flying;
    for (const [id, { record }] of this.#waiting) yield [id, record];
  }

  /** What is not in the log yet: how many records, and which sending is under way; null where nothing is on its way. */
  get unsent(): { records: number; flight: number } | null {
    if (this.#flying.size === 0) return null;
    const ids = [...new Set([...this.#flying.keys(), ...this.#waiting.keys()])];
    return { records: ids.filter((id) => !id.startsWith('binding:')).length, flight: this.#flight };
  }

  /** Takes changes, which are sent with what else is due by then. */
  add(changes: Iterable<readonly [id: string, record: BoardRecord | null]>, urgency: Urgency): void {
    const due = this.#options.now() + WAIT_MS[urgency];
    for (const [id, record] of changes) this.#wait(id, record, due);
    this.#plan();
  }

  /** What waits for a record is not sent. */
  drop(id: string): void {
    this.#waiting.delete(id);
  }

  /** Sends what waits at the latest after `ms`. */
  flushSoon(ms: number): void {
    const due = this.#options.now() + ms;
    for (const waiting of this.#waiting.values()) waiting.due = Math.min(waiting.due, due);
    this.#plan();
  }

  /** All that waits is given to the log now. */
  handOver(): void {
    for (const waiting of this.#waiting.values()) waiting.due = 0;
    if (!this.#closed) this.#flush();
  }

  /** Takes nothing more. What was not sent yet is given to the log now, also behind what is under way. */
  close(): void {
    this.handOver();
    if (this.#flushTimer) clearTimeout(this.#flushTimer);
    this.#closed = true;
  }

  #wait(id: string, record: BoardRecord | null, due: number): void {
    const earlier = this.#waiting.get(id);
    this.#waiting.set(id, { record, due: earlier ? Math.min(earlier.due, due) : due });
  }

  #plan(): void {
    if (this.#flushTimer) clearTimeout(this.#flushTimer);
    this.#flushTimer = null;
    if (this.#waiting.size === 0 || this.#flying.size > 0 || this.#closed) return;
    const due = Math.max(this.#notBefore, Math.min(...[...this.#waiting.values()].map((w) => w.due)));
    const delay = due - this.#options.now();
    if (delay <= 0) this.#flush();
    // A timer may come a fraction of a millisecond early: what is not due yet is planned again.
    else this.#flushTimer = setTimeout(() => this.#plan(), delay);
  }

  /** Sends all that is due, in commands that the room takes, each with the timing of at most one stroke. */
  #flush(): void {
    for (let due = this.#takeDue(); due.records.size > 0; due = this.#takeDue()) this.#send(due);
  }

  #send({ records, stroke }: Due): void {
    const { log, boardId, layer } = this.#options;
    for (const [id, record] of records) {
      this.#flying.set(id, record);
      if (record) this.#options.forgetTiming(record);
    }
    this.#flight += 1;
    const payload: Change = {
      boardId,
      layer,
      put: [...records.values()].filter((record) => record !== null),
      removed: [...records].filter(([, record]) => record === null).map(([id]) => id),
      stroke,
    };
    void log.send({ type: 'board.change', payload }).then((result) => this.#answered(records, result));
  }

  /** Takes what is due out of what waits, as much as one command holds. */
  #takeDue(): Due {
    const now = this.#options.now();
    const records = new Map<string, BoardRecord | null>();
    let stroke: StrokeTiming | null = null;
    let removed = 0;
    let characters = 0;
    for (const [id, { record, due }] of this.#waiting) {
      if (due > now) continue;
      if (records.size - removed >= MOST_RECORDS || removed >= MOST_REMOVED) break;
      characters += record ? JSON.stringify(record).length : 0;
      if (characters > MOST_CHARACTERS && records.size > 0) break;
      const timing = record && this.#options.timingOf(record);
      if (timing && stroke) break;
      stroke ??= timing;
      if (!record) removed += 1;
      records.set(id, record);
    }
    for (const id of records.keys()) this.#waiting.delete(id);
    return { records, stroke };
  }

  #answered(sent: ReadonlyMap<string, BoardRecord | null>, result: CommandResult): void {
    for (const [id, record] of sent) if (this.#flying.get(id) === record) this.#flying.delete(id);
    if (!result.ok && result.code === 'TOO_MANY_REQUESTS' && !this.#closed) {
      this.#notBefore = this.#options.now() + (result.retryAfterMs ?? 1000);
      for (const [id, record] of sent) if (!this.#waiting.has(id)) this.#wait(id, record, this.#notBefore);
    } else {
      const refused = result.ok ? (result.refusedRecords ?? []) : [...sent.keys()];
      if (refused.length > 0) this.#events.refused(refused, result.ok ? 'BAD_RECORD' : result.code);
    }
    this.#plan();
    this.#events.answered(sent, result);
  }
}
