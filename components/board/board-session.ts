import type { BoardChange, RoomLog } from '@/components/room-log/types';
import type { BoardRecord, Layer } from '@/room/boards';
import type { CommandBody, CommandResult } from '@/room/commands';

/** What shows the records: tldraw today. It is told only of what it does not know yet. */
export type BoardDisplay = {
  show(put: readonly BoardRecord[], removed: readonly string[]): void;
  /** Shapes that the room did not take; they go, or go back, in a moment. */
  mark(ids: readonly string[]): void;
  /** False while not all of what it was told is on the screen yet. */
  isSettled(): boolean;
};

export type StrokeTiming = { shapeId: string; startedMsAgo: number; offsets: number[] };

/** How long a change may wait for others to go with it, ms. */
export const WAIT_MS = { now: 0, soon: 120, text: 400, partOfStroke: 2000 } as const;
export type Urgency = keyof typeof WAIT_MS;

/** How long a refused shape stays in sight, marked, ms. */
export const MARKED_MS = 1600;
const MOST_RECORDS = 100;
/** Characters of a command's records as JSON; the room takes 400,000 bytes. */
const MOST_CHARACTERS = 200_000;
const MOST_REMOVED = 1000;

type RecordListener = (put: readonly BoardRecord[], removed: readonly string[]) => void;
type Waiting = { record: BoardRecord | null; due: number };
type Change = Extract<CommandBody, { type: 'board.change' }>['payload'];

type Options = {
  log: Pick<RoomLog, 'board' | 'send'>;
  boardId: string;
  layer: Layer;
  /** ms on any steady clock */
  now: () => number;
  /** When the points of a stroke were drawn; null when it is not known. */
  timingOf: (record: BoardRecord) => StrokeTiming | null;
  /** Called when something was refused. */
  onRefused: (code: string) => void;
};

/**
 * One layer of one board in this tab: what the log says, with one's own changes laid over it until the log has them. A
 * record with a change of one's own on its way shows that change, since it will be the last write; a refused one goes
 * back to what the log says. Nothing is shown twice: the log's echo of an own change finds it there already.
 */
export class BoardSession {
  readonly boardId: string;
  readonly layer: Layer;
  readonly #options: Options;
  readonly #feed: ReturnType<RoomLog['board']>;
  /** As the log has them. */
  readonly #confirmed = new Map<string, BoardRecord>();
  /** Own changes that are not sent yet; null takes the record away. */
  readonly #waiting = new Map<string, Waiting>();
  /** Own changes that were sent and are not answered yet. */
  #flying: ReadonlyMap<string, BoardRecord | null> = new Map();
  readonly #marked = new Set<string>();
  /** Taken away by somebody else: one's own undo and redo must not bring them back. */
  readonly #removedByOthers = new Set<string>();
  readonly #listeners = new Set<() => void>();
  readonly #recordListeners = new Set<RecordListener>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #display: BoardDisplay | null = null;
  #flushTimer: ReturnType<typeof setTimeout> | null = null;
  #notBefore = 0;
  #closed = false;
  #allowed = true;
  /** Which sending is under way, from 1. */
  #flight = 0;
  isOpen = false;

  constructor(options: Options) {
    this.#options = options;
    this.boardId = options.boardId;
    this.layer = options.layer;
    this.#feed = options.log.board(options.boardId, options.layer);
  }

  /** Loads the records and follows the log from there. */
  async open(): Promise<void> {
    const records = await this.#feed.open((change) => this.#receive(change));
    if (this.#closed) return;
    // Changes may have come before the answer: they are later than what it says of their records.
    const before = new Map(this.#confirmed);
    const put: BoardRecord[] = [];
    for (const record of records) {
      if (before.has(record.id) || this.#removedByOthers.has(record.id)) continue;
      this.#confirmed.set(record.id, record);
      put.push(record);
    }
    this.isOpen = true;
    this.#show(put, []);
    for (const listener of this.#recordListeners) listener(put, []);
    this.#tell();
  }

  /** Stops. What was not sent yet is sent now: turning the page must not lose the last stroke. */
  close(): void {
    if (this.#closed) return;
    for (const waiting of this.#waiting.values()) waiting.due = 0;
    if (this.#flying.size === 0) this.#flush();
    if (this.#flushTimer) clearTimeout(this.#flushTimer);
    this.#display = null;
    this.#closed = true;
    this.#feed.close();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hears what the log says as it comes, one's own changes included. */
  onRecords(listener: RecordListener): () => void {
    this.#recordListeners.add(listener);
    return () => this.#recordListeners.delete(listener);
  }

  /** Whether there is anything to look at. */
  isEmpty(): boolean {
    return this.#confirmed.size === 0 && this.#waiting.size === 0;
  }

  /** What is not in the log yet: how many records, and which sending is under way; null where nothing is on its way. */
  get unsent(): { records: number; flight: number } | null {
    if (this.#flying.size === 0) return null;
    const ids = [...new Set([...this.#flying.keys(), ...this.#waiting.keys()])];
    return { records: ids.filter((id) => !id.startsWith('binding:')).length, flight: this.#flight };
  }

  get hasDisplay(): boolean {
    return this.#display !== null;
  }

  /** Whether all that is known is on the screen. */
  get isShown(): boolean {
    return this.isOpen && this.#display !== null && this.#display.isSettled();
  }

  /** The display has come to the end of what it was told. */
  settle(): void {
    this.#tell();
  }

  /** What there is, one's own changes included. */
  records(): readonly BoardRecord[] {
    const all = new Map(this.#confirmed);
    for (const own of [this.#flying, new Map([...this.#waiting].map(([id, w]) => [id, w.record]))]) {
      for (const [id, record] of own) {
        if (record) all.set(id, record);
        else all.delete(id);
      }
    }
    return [...all.values()];
  }

  /** Gives the display what there is, and from now on every change. */
  attach(display: BoardDisplay): () => void {
    display.show(this.records(), []);
    this.#display = display;
    this.#tell();
    return () => {
      if (this.#display === display) this.#display = null;
    };
  }

  /** Without the right to draw, what still changes here is put back at once. Changes made before are sent: the room decides. */
  setAllowed(allowed: boolean): void {
    this.#allowed = allowed;
    if (!allowed) this.flushSoon(0);
  }

  /** What the person at this tab did. */
  change(put: readonly BoardRecord[], removed: readonly string[], urgency: Urgency): void {
    const revived = put.filter((record) => this.#removedByOthers.has(record.id)).map((record) => record.id);
    if (!this.#allowed) {
      this.#restore([...put.map((record) => record.id), ...removed]);
      return;
    }
    if (revived.length > 0) this.#display?.show([], revived);
    const due = this.#options.now() + WAIT_MS[urgency];
    for (const record of put) if (!this.#removedByOthers.has(record.id)) this.#wait(record.id, record, due);
    for (const id of removed) {
      if (this.#confirmed.has(id) || this.#flying.has(id)) this.#wait(id, null, due);
      else this.#waiting.delete(id);
    }
    this.#plan();
    this.#tell();
  }

  /** Sends what waits at the latest after `ms`. */
  flushSoon(ms: number): void {
    const due = this.#options.now() + ms;
    for (const waiting of this.#waiting.values()) waiting.due = Math.min(waiting.due, due);
    this.#plan();
  }

  /** The page goes: all that waits is given to the log now, which keeps what it cannot send any more. */
  handOver(): void {
    for (const waiting of this.#waiting.values()) waiting.due = 0;
    while (this.#waiting.size > 0 && !this.#closed) this.#flush();
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

  /** Sends what is due as one command, with the timing of at most one stroke. */
  #flush(): void {
    const now = this.#options.now();
    const flying = new Map<string, BoardRecord | null>();
    let stroke: StrokeTiming | null = null;
    let removed = 0;
    let characters = 0;
    for (const [id, waiting] of this.#waiting) {
      if (waiting.due > now) continue;
      if (flying.size - removed >= MOST_RECORDS || removed >= MOST_REMOVED) break;
      characters += waiting.record ? JSON.stringify(waiting.record).length : 0;
      if (characters > MOST_CHARACTERS && flying.size > 0) break;
      const timing = waiting.record && this.#options.timingOf(waiting.record);
      if (timing && stroke) continue;
      stroke ??= timing;
      if (!waiting.record) removed += 1;
      flying.set(id, waiting.record);
    }
    if (flying.size === 0) return;
    for (const id of flying.keys()) this.#waiting.delete(id);
    this.#flying = flying;
    this.#flight += 1;
    const payload: Change = {
      boardId: this.boardId,
      layer: this.layer,
      put: [...flying.values()].filter((record) => record !== null),
      removed: [...flying].filter(([, record]) => record === null).map(([id]) => id),
      stroke,
    };
    void this.#options.log
      .send({ type: 'board.change', payload })
      .then((result) => this.#answered(flying, result));
  }

  #answered(sent: ReadonlyMap<string, BoardRecord | null>, result: CommandResult): void {
    this.#flying = new Map();
    if (!result.ok && result.code === 'TOO_MANY_REQUESTS' && !this.#closed) {
      this.#notBefore = this.#options.now() + (result.retryAfterMs ?? 1000);
      for (const [id, record] of sent) if (!this.#waiting.has(id)) this.#wait(id, record, this.#notBefore);
    } else {
      const refused = result.ok ? (result.refusedRecords ?? []) : [...sent.keys()];
      if (refused.length > 0) this.#refuse(refused, result.ok ? 'BAD_RECORD' : result.code);
    }
    if (this.#closed) this.#flush();
    else this.#plan();
    this.#tell();
  }

  /** Shows what was not taken for a moment, then what the log has in its place. */
  #refuse(ids: readonly string[], code: string): void {
    this.#options.onRefused(code);
    if (this.#closed) return;
    const shown = ids.filter((id) => !this.#waiting.has(id));
    for (const id of shown) this.#marked.add(id);
    this.#display?.mark(shown);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      for (const id of shown) this.#marked.delete(id);
      this.#restore(shown.filter((id) => !this.#isOwn(id)));
    }, MARKED_MS);
    this.#timers.add(timer);
  }

  #restore(ids: readonly string[]): void {
    const back = ids.map((id) => this.#confirmed.get(id)).filter((record) => record !== undefined);
    this.#display?.show(
      back,
      ids.filter((id) => !this.#confirmed.has(id)),
    );
  }

  #isOwn(id: string): boolean {
    return this.#waiting.has(id) || this.#flying.has(id) || this.#marked.has(id);
  }

  #receive(change: BoardChange): void {
    for (const record of change.put) {
      this.#confirmed.set(record.id, record);
      this.#removedByOthers.delete(record.id);
    }
    for (const id of change.removed) {
      this.#confirmed.delete(id);
      if (change.own) continue;
      this.#removedByOthers.add(id);
      // What somebody took away is not written again by a change that was only waiting to be sent. An own removal still
      // goes: a change that was sent before it brings the record back in the log.
      if (this.#waiting.get(id)?.record) this.#waiting.delete(id);
    }
    this.#show(change.put, change.removed);
    if (change.own) this.#showEcho(change);
    for (const listener of this.#recordListeners) listener(change.put, change.removed);
    this.#tell();
  }

  #show(put: readonly BoardRecord[], removed: readonly string[]): void {
    this.#display?.show(
      put.filter((record) => !this.#isOwn(record.id)),
      removed.filter((id) => !this.#isOwn(id)),
    );
  }

  /** The log took what is on its way. What was laid over that may have been dropped since: then this is what counts. */
  #showEcho({ put, removed }: BoardChange): void {
    const isLast = (id: string, record: BoardRecord | null) =>
      !this.#waiting.has(id) &&
      !this.#marked.has(id) &&
      JSON.stringify(this.#flying.get(id)) === JSON.stringify(record);
    this.#display?.show(
      put.filter((record) => isLast(record.id, record)),
      removed.filter((id) => isLast(id, null)),
    );
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
