import { type BoardRecord, foldBoard, type Layer } from '@/room/boards';
import type { RoomEvent } from '@/room/events';
import { unpackRecord } from '@/room/packed-strokes';
import { backoffMs, Pause } from '@/components/backoff';
import { type Transport, TransportError } from './transport';
import type { BoardChange, BoardFeed } from './types';

type BoardEvent = Extract<RoomEvent, { type: 'board.changed' }>;

/** The boards that a tab shows: each is loaded once, and follows the log from there. */
export class BoardFeeds {
  readonly #transport: Pick<Transport, 'board'>;
  readonly #random: () => number;
  readonly #open = new Set<Feed>();
  /** One that was loaded before anybody opened it. */
  #ahead: Feed | null = null;
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
      if (feed) this.#close(feed);
      feed = null;
    };
    return {
      open: (onChange) => {
        close();
        feed = this.#takeAhead(boardId, layer) ?? this.#follow(boardId, layer);
        feed.onChange = onChange;
        return feed.load();
      },
      get seq() {
        return feed?.seq ?? 0;
      },
      close,
    };
  }

  /** Loads a board that is about to be opened, and follows the log from there; whether there is anything on it. */
  async ahead(boardId: string, layer: Layer): Promise<boolean> {
    if (this.#ahead && !this.#ahead.isOf(boardId, layer)) {
      this.#close(this.#ahead);
      this.#ahead = null;
    }
    const feed = (this.#ahead ??= this.#follow(boardId, layer));
    return (await feed.load()).length > 0;
  }

  #takeAhead(boardId: string, layer: Layer): Feed | null {
    const feed = this.#ahead;
    if (!feed?.isOf(boardId, layer)) return null;
    this.#ahead = null;
    return feed;
  }

  #follow(boardId: string, layer: Layer): Feed {
    const feed = new Feed(this.#transport, this.#random, { boardId, layer });
    this.#open.add(feed);
    return feed;
  }

  #close(feed: Feed): void {
    feed.close();
    this.#open.delete(feed);
  }

  apply(event: BoardEvent): void {
    const own = event.commandId !== null && this.#own.has(event.commandId);
    for (const feed of this.#open) feed.apply(event, own);
  }

  /** The log was left behind and joined again further on: what is shown must be loaded anew. */
  reload(): void {
    for (const feed of this.#open) feed.reload();
  }

  /** The network is back: what is being loaded is asked for now. */
  wake(): void {
    for (const feed of this.#open) feed.wake();
  }
}

type Loaded = { seq: number; records: readonly BoardRecord[] };

class Feed {
  readonly #transport: Pick<Transport, 'board'>;
  readonly #random: () => number;
  readonly #board: { boardId: string; layer: Layer };
  readonly #pause = new Pause();
  /** Hears of what changes after the first loading. */
  onChange: (change: BoardChange) => void = () => undefined;
  #first: Promise<void> | null = null;
  #records = new Map<string, BoardRecord>();
  /** Where `#records` stand; events up to here are in them. */
  #seq = 0;
  /** While loading, what comes from the log is kept here. */
  #held: { event: BoardEvent; own: boolean }[] | null = null;
  #loading = 0;
  #closed = false;

  constructor(
    transport: Pick<Transport, 'board'>,
    random: () => number,
    board: { boardId: string; layer: Layer },
  ) {
    this.#transport = transport;
    this.#random = random;
    this.#board = board;
  }

  get seq(): number {
    return this.#seq;
  }

  isOf(boardId: string, layer: Layer): boolean {
    return this.#board.boardId === boardId && this.#board.layer === layer;
  }

  /** Loads it the first time; the records as they stand then, or now. */
  async load(): Promise<readonly BoardRecord[]> {
    await (this.#first ??= this.#fill(false));
    return [...this.#records.values()];
  }

  reload(): void {
    void this.#fill(true);
  }

  wake(): void {
    this.#pause.wake();
  }

  close(): void {
    this.#closed = true;
    this.#pause.end();
  }

  apply(event: BoardEvent, own: boolean): void {
    if (!this.isOf(event.payload.boardId, event.payload.layer)) return;
    if (this.#held) this.#held.push({ event, own });
    else this.#fold(event, own, true);
  }

  /** Tries until it gets an answer; null: the server refuses, or nobody wants it any more. */
  async #read(): Promise<Loaded | null> {
    for (let tries = 0; !this.#closed; tries += 1) {
      try {
        return await this.#transport.board(this.#board.boardId, this.#board.layer);
      } catch (error) {
        if (error instanceof TransportError && error.failure.kind === 'refused') return null;
        await this.#pause.wait(backoffMs(tries, this.#random()));
      }
    }
    return null;
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
    const records = loaded.records.map(unpackRecord);
    this.#records = new Map(records.map((record) => [record.id, record]));
    this.#seq = loaded.seq;
    if (!tell) return;
    const removed = [...before.keys()].filter((id) => !this.#records.has(id));
    this.onChange({ put: records, removed, actor: null, own: false });
  }

  #fold(event: BoardEvent, own: boolean, tell: boolean): void {
    if (event.seq <= this.#seq || this.#closed) return;
    this.#seq = event.seq;
    const { removed } = event.payload;
    const put = event.payload.put.map(unpackRecord);
    foldBoard(this.#records, { put, removed });
    if (tell) this.onChange({ put, removed, actor: event.actor, own });
  }
}
