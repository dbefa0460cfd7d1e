import type { BoardChange, RoomLog } from '@/components/room-log/types';
import type { BoardRecord, Layer } from '@/room/boards';
import { BoardOutbox, type OutboxOptions, type Urgency } from './board-outbox';

/** What shows the records: tldraw today. It is told only of what it does not know yet. */
export type BoardDisplay = {
  show(put: readonly BoardRecord[], removed: readonly string[]): void;
  /** Shapes that the room did not take; they go, or go back, in a moment. */
  mark(ids: readonly string[]): void;
  /** False while not all of what it was told is on the screen yet. */
  isSettled(): boolean;
};

/** How long a refused shape stays in sight, marked, ms. */
export const MARKED_MS = 1600;
type RecordListener = (put: readonly BoardRecord[], removed: readonly string[]) => void;

type Options = OutboxOptions & {
  log: Pick<RoomLog, 'board'>;
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
  readonly #outbox: BoardOutbox;
  /** What the log has taken, as event `seq`, until that has come here. */
  readonly #taken = new Map<string, { record: BoardRecord | null; seq: number }>();
  readonly #marked = new Set<string>();
  /** Taken away by somebody else: one's own undo and redo must not bring them back. */
  readonly #removedByOthers = new Set<string>();
  readonly #listeners = new Set<() => void>();
  readonly #recordListeners = new Set<RecordListener>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #display: BoardDisplay | null = null;
  #closed = false;
  #allowed = true;
  isOpen = false;

  constructor(options: Options) {
    this.#options = options;
    this.boardId = options.boardId;
    this.layer = options.layer;
    this.#feed = options.log.board(options.boardId, options.layer);
    this.#outbox = new BoardOutbox(options, {
      refused: (ids, code) => this.#refuse(ids, code),
      answered: (sent, result) => {
        const seq = result.ok ? (result.seqs.at(-1) ?? 0) : null;
        if (seq !== null) for (const [id, record] of sent) this.#taken.set(id, { record, seq });
        this.#catchUp();
        this.#tell();
      },
    });
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
    this.#catchUp();
    for (const listener of this.#recordListeners) listener(put, []);
    this.#tell();
  }

  /** Stops. What was not sent yet is sent now: turning the page must not lose the last stroke. */
  close(): void {
    if (this.#closed) return;
    this.#outbox.close();
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
    return this.#confirmed.size === 0 && this.#outbox.isEmpty;
  }

  /** What is not in the log yet: how many records, and which sending is under way; null where nothing is on its way. */
  get unsent(): { records: number; flight: number } | null {
    return this.#outbox.unsent;
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
    for (const [id, record] of this.#outbox.changes()) {
      if (record) all.set(id, record);
      else all.delete(id);
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
    if (!allowed) this.#outbox.flushSoon(0);
  }

  /** What the person at this tab did. */
  change(put: readonly BoardRecord[], removed: readonly string[], urgency: Urgency): void {
    const revived = put.filter((record) => this.#removedByOthers.has(record.id)).map((record) => record.id);
    if (!this.#allowed) {
      this.#restore([...put.map((record) => record.id), ...removed]);
      return;
    }
    if (revived.length > 0) this.#display?.show([], revived);
    const changes: [id: string, record: BoardRecord | null][] = [];
    for (const record of put) if (!this.#removedByOthers.has(record.id)) changes.push([record.id, record]);
    for (const id of removed) {
      if (this.#confirmed.has(id) || this.#outbox.flying(id) !== undefined) changes.push([id, null]);
      else this.#outbox.drop(id);
    }
    this.#outbox.add(changes, urgency);
    this.#tell();
  }

  /** The page goes: all that waits is given to the log now, which keeps what it cannot send any more. */
  handOver(): void {
    this.#outbox.handOver();
  }

  /** Shows what was not taken for a moment, then what the log has in its place. */
  #refuse(ids: readonly string[], code: string): void {
    this.#options.onRefused(code);
    if (this.#closed) return;
    const shown = ids.filter((id) => this.#outbox.waiting(id) === undefined);
    for (const id of shown) this.#marked.add(id);
    this.#display?.mark(shown);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      for (const id of shown) this.#marked.delete(id);
      this.#restore(shown.filter((id) => !this.#isOwn(id)));
    }, MARKED_MS);
    this.#timers.add(timer);
  }

  /**
   * Where the log as it is known here has passed what it took, what it says counts: somebody's later change was kept from the
   * display until now, or a loading has left the way to it out.
   */
  #catchUp(): void {
    const others: string[] = [];
    for (const [id, { record, seq }] of this.#taken) {
      if (this.#feed.seq < seq) continue;
      this.#taken.delete(id);
      const isSame = JSON.stringify(this.#confirmed.get(id) ?? null) === JSON.stringify(record);
      if (!isSame && !this.#isOwn(id)) others.push(id);
    }
    if (others.length > 0) this.#restore(others);
  }

  #restore(ids: readonly string[]): void {
    const back = ids.map((id) => this.#confirmed.get(id)).filter((record) => record !== undefined);
    this.#display?.show(
      back,
      ids.filter((id) => !this.#confirmed.has(id)),
    );
  }

  #isOwn(id: string): boolean {
    return this.#outbox.has(id) || this.#marked.has(id);
  }

  #receive(change: BoardChange): void {
    for (const id of change.removed) {
      this.#confirmed.delete(id);
      if (change.own) continue;
      this.#removedByOthers.add(id);
      // What somebody took away is not written again by a change that was only waiting to be sent. An own removal still
      // goes: a change that was sent before it brings the record back in the log.
      if (this.#outbox.waiting(id)) this.#outbox.drop(id);
    }
    for (const record of change.put) {
      this.#confirmed.set(record.id, record);
      this.#removedByOthers.delete(record.id);
    }
    this.#show(change.put, change.removed);
    if (change.own) this.#showEcho(change);
    this.#catchUp();
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
      this.#outbox.waiting(id) === undefined &&
      !this.#marked.has(id) &&
      JSON.stringify(this.#outbox.flying(id)) === JSON.stringify(record);
    this.#display?.show(
      put.filter((record) => isLast(record.id, record)),
      removed.filter((id) => isLast(id, null)),
    );
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
