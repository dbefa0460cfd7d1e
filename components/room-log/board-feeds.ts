import { type BoardRecord, foldBoard, type Layer } from '@/room/boards';
import type { RoomEvent } from '@/room/events';
import { backoffMs, Pause } from './backoff';
import { type Transport, TransportError } from './transport';
import type { BoardChange, BoardFeed } from './types';

type BoardEvent = Extract<RoomEvent, { type: 'board.changed' }>;

/** The boards that a tab shows: each is loaded once, and follows the log from there. */
export class BoardFeeds {
  readonly #transport: Pick<Transport, 'board'>;
  readonly #random: () => number;
  readonly #open = new Set<Feed>();
  /** Ids of this tab's own board commands. */
  readonly #own = new Set<string>();

  constructor(transport: Pick<Transport, 'board'>, random: () => number) {
    this.#transport = transport;
    this.#random = random;
  }

  noteOwn(commandId: string): void {
    this.#own.add(commandId);
    // Long answered ones are forgotten, oldest first.
    if (this.#own.size > 5000) for (const id of [...this.#own].slice(0, 1000)) this.#own.delete(id);
  }

  feed(boardId: string, layer: Layer): BoardFeed {
    let feed: Feed | null = null;
    const close = () => {
      feed?.close();
      if (feed) this.#open.delete(feed);
      feed = null;
    };
    return {
      open: (onChange) => {
        close();
        feed = new Feed(() => this.#load(boardId, layer), { boardId, layer, onChange });
        this.#open.add(feed);
        return feed.load();
      },
      close,
    };
  }

  apply(event: BoardEvent): void {
    const own = event.commandId !== null && this.#own.has(event.commandId);
    for (const feed of this.#open) feed.apply(event, own);
  }

  /** The log was left behind and joined again further on: what is shown must be loaded anew. */
  reload(): void {
    for (const feed of this.#open) feed.reload();
  }

  /** Tries until it gets an answer; null: the server refuses. */
  async #load(boardId: string, layer: Layer) {
    const pause = new Pause();
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.#transport.board(boardId, layer);
      } catch (error) {
        if (error instanceof TransportError && error.failure.kind === 'refused') return null;
        await pause.wait(backoffMs(tries, this.#random()));
      }
    }
  }
}

type Loaded = { seq: number; records: readonly BoardRecord[] };

class Feed {
  readonly #read: () => Promise<Loaded | null>;
  readonly #board: { boardId: string; layer: Layer; onChange: (change: BoardChange) => void };
  #records = new Map<string, BoardRecord>();
  /** Where `#records` stand; events up to here are in them. */
  #seq = 0;
  /** While loading, what comes from the log is kept here. */
  #held: { event: BoardEvent; own: boolean }[] | null = null;
  #loading = 0;
  #closed = false;

  constructor(
    read: () => Promise<Loaded | null>,
    board: { boardId: string; layer: Layer; onChange: (change: BoardChange) => void },
  ) {
    this.#read = read;
    this.#board = board;
  }

  async load(): Promise<readonly BoardRecord[]> {
    await this.#fill(false);
    return [...this.#records.values()];
  }

  reload(): void {
    void this.#fill(true);
  }

  close(): void {
    this.#closed = true;
  }

  apply(event: BoardEvent, own: boolean): void {
    if (event.payload.boardId !== this.#board.boardId || event.payload.layer !== this.#board.layer) return;
    if (this.#held) this.#held.push({ event, own });
    else this.#fold(event, own, true);
  }

  async #fill(tell: boolean): Promise<void> {
    const loading = ++this.#loading;
    this.#held ??= [];
    const loaded = await this.#read();
    // A later loading has taken over, with everything that was held.
    if (loading !== this.#loading || this.#closed) return;
    const held = this.#held;
    this.#held = null;
    if (loaded) this.#replace(loaded, tell);
    for (const { event, own } of held) this.#fold(event, own, tell);
  }

  #replace(loaded: Loaded, tell: boolean): void {
    const before = this.#records;
    this.#records = new Map(loaded.records.map((record) => [record.id, record]));
    this.#seq = loaded.seq;
    if (!tell) return;
    const removed = [...before.keys()].filter((id) => !this.#records.has(id));
    this.#board.onChange({ put: loaded.records, removed, actor: null, own: false });
  }

  #fold(event: BoardEvent, own: boolean, tell: boolean): void {
    if (event.seq <= this.#seq || this.#closed) return;
    this.#seq = event.seq;
    foldBoard(this.#records, event.payload);
    const { put, removed } = event.payload;
    if (tell) this.#board.onChange({ put, removed, actor: event.actor, own });
  }
}
