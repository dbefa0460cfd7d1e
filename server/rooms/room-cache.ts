import type { Executor } from '@/db/client';
import { apply, applyAll, initialState, skipTo } from '@/room/apply';
import { type BoardRecord, foldBoard, type Layer } from '@/room/boards';
import type { RoomEvent } from '@/room/events';
import type { RoomState } from '@/room/state';
import { MEMORY_BOUNDS, weigh } from './memory';
import * as queries from './queries/log';
import { selectBoardSnapshot, selectSnapshot } from './queries/snapshots';

/** Boards of one room kept in memory, shown ones mostly, with a layer for each of a class; the least used goes first. */
const MAX_CACHED_BOARDS = 64;
/** What a head counts as: they are at most so large, and weighing each would cost more than it tells. */
const HEAD_BYTES = 64 * 1024;
/** Beyond this, a head is read anew from its snapshot rather than caught up event by event. */
const MAX_CATCH_UP = 500;

type CachedBoard = {
  boardId: string;
  layer: Layer;
  records: Map<string, BoardRecord>;
  /** Changes since the stored snapshot, and about their bytes. */
  unsaved: number;
  unsavedBytes: number;
  /** About what the records take in memory. */
  bytes: number;
};

/**
 * One room's state in this process: the head and some boards, all at the same sequence number. It holds committed events
 * only. `advance` is synchronous and keyed by seq, so that several readers may catch up at once.
 */
export class RoomCache {
  readonly roomId: string;
  /** Commands are being carried out: not to be forgotten now. */
  busy = false;
  /** Events since a head was stored, and about the bytes of those that a reader of the head needs. */
  unsavedEvents = 0;
  unsavedHeadBytes = 0;
  /** The head, or boards by `boardKey`: being stored, or stored a moment ago. */
  readonly saving = new Set<string>();
  #state: RoomState | null = null;
  readonly #boards = new Map<string, CachedBoard>();
  readonly #maxBytes: number;

  /** @param maxBytes  of boards; the one that is used last stays, however large it is */
  constructor(roomId: string, maxBytes = MEMORY_BOUNDS.roomCache) {
    this.roomId = roomId;
    this.#maxBytes = maxBytes;
  }

  /** About what this room takes in memory. */
  get bytes(): number {
    let bytes = HEAD_BYTES;
    for (const board of this.#boards.values()) bytes += board.bytes;
    return bytes;
  }

  get state(): RoomState | null {
    return this.#state;
  }

  get seq(): number {
    return this.#state?.seq ?? -1;
  }

  /** Folds committed events that are new here. False: there is a gap before them and nothing was folded beyond it. */
  advance(events: readonly RoomEvent[]): boolean {
    let state = this.#state;
    if (!state) return false;
    let whole = true;
    for (const event of events) {
      if (event.seq <= state.seq) continue;
      if (event.seq !== state.seq + 1) {
        whole = false;
        break;
      }
      state = apply(state, event);
      this.unsavedEvents += 1;
      if (event.type === 'board.changed') this.#advanceBoard(event);
      else if (event.type !== 'chat.sent') this.unsavedHeadBytes += weigh(event.payload);
    }
    this.#state = state;
    this.#forgetBoards();
    return whole;
  }

  /** The head at `head.headSeq` or later; reads what is missing. Throws when the database does. */
  async catchUp(db: Executor, head: queries.RoomHead): Promise<RoomState> {
    for (;;) {
      const behind = this.#state;
      if (behind && behind.seq >= head.headSeq) return behind;
      if (behind && head.headSeq - behind.seq <= MAX_CATCH_UP) {
        const range = { after: behind.seq, upTo: head.headSeq, limit: MAX_CATCH_UP };
        const events = await queries.selectEvents(db, this.roomId, range);
        if (events.length === 0)
          throw new Error(`room ${this.roomId}: the log ends before its head ${head.headSeq}`);
        this.advance(events);
      } else {
        const { state, unsavedEvents } = await loadHead(db, this.roomId, head);
        // Somebody else may have got further while this was read.
        if (!this.#state || this.#state.seq < state.seq) {
          this.#state = state;
          this.unsavedEvents = unsavedEvents;
          this.unsavedHeadBytes = 0;
          this.#boards.clear();
        }
      }
    }
  }

  /** Forgets everything: after a commit of which nobody knows whether it happened. */
  reset(): void {
    this.#state = null;
    this.#boards.clear();
  }

  /** A board layer at this cache's own sequence number. The map belongs to the cache: it is not to be written to. */
  async board(db: Executor, boardId: string, layer: Layer): Promise<ReadonlyMap<string, BoardRecord>> {
    const key = boardKey(boardId, layer);
    const cached = this.#boards.get(key);
    if (cached) {
      this.#boards.delete(key);
      this.#boards.set(key, cached);
      return cached.records;
    }
    const loaded = await loadBoard(db, { roomId: this.roomId, boardId, layer }, this.seq);
    // The room went on while this was read: read what was missed, until nothing was.
    while (loaded.seq < this.seq) {
      const range = { after: loaded.seq, upTo: this.seq };
      const missed = await queries.selectBoardEvents(db, { roomId: this.roomId, boardId, layer }, range);
      for (const event of missed) foldBoard(loaded.records, event.payload);
      loaded.seq = range.upTo;
      loaded.unsaved += missed.length;
      for (const event of missed) loaded.unsavedBytes += weigh(event.payload);
    }
    const installed = this.#boards.get(key);
    if (installed) return installed.records;
    const { records, unsaved, unsavedBytes } = loaded;
    this.#boards.set(key, { boardId, layer, records, unsaved, unsavedBytes, bytes: weighAll(records) });
    this.#forgetBoards();
    return records;
  }

  /** The records of a board that is in memory, by `boardKey`. */
  boardInMemory(key: string): ReadonlyMap<string, BoardRecord> | undefined {
    return this.#boards.get(key)?.records;
  }

  /** Boards of which so much has changed since their stored snapshot that storing a new one saves the next reader time. */
  boardsToSave(
    isDue: (board: Readonly<Omit<CachedBoard, 'records'>>) => boolean,
  ): { boardId: string; layer: Layer; seq: number; records: BoardRecord[]; bytes: number }[] {
    return [...this.#boards.values()].filter(isDue).map((board) => {
      board.unsaved = 0;
      board.unsavedBytes = 0;
      return {
        boardId: board.boardId,
        layer: board.layer,
        seq: this.seq,
        records: [...board.records.values()],
        bytes: board.bytes,
      };
    });
  }

  #advanceBoard(event: Extract<RoomEvent, { type: 'board.changed' }>): void {
    const board = this.#boards.get(boardKey(event.payload.boardId, event.payload.layer));
    if (!board) return;
    const { put, removed } = event.payload;
    const before = [...put.map((record) => record.id), ...removed];
    for (const id of before) board.bytes -= weighIfThere(board.records.get(id));
    foldBoard(board.records, event.payload);
    const written = put.reduce((bytes, record) => bytes + weigh(record), 0);
    board.bytes += written;
    board.unsaved += 1;
    board.unsavedBytes += written + removed.length * 64;
  }

  /** The least used boards go where there are too many, or too large ones; the last one stays. */
  #forgetBoards(): void {
    let bytes = 0;
    for (const board of this.#boards.values()) bytes += board.bytes;
    for (const [key, board] of this.#boards) {
      const fits = this.#boards.size <= MAX_CACHED_BOARDS && bytes <= this.#maxBytes;
      if (fits || this.#boards.size === 1) return;
      this.#boards.delete(key);
      bytes -= board.bytes;
    }
  }
}

function weighIfThere(record: BoardRecord | undefined): number {
  return record ? weigh(record) : 0;
}

function weighAll(records: ReadonlyMap<string, BoardRecord>): number {
  let bytes = 0;
  for (const record of records.values()) bytes += weigh(record);
  return bytes;
}

export function boardKey(boardId: string, layer: Layer): string {
  return `${boardId}/${layer}`;
}

/** A room's head as it stood at a sequence number. */
export async function stateAt(db: Executor, roomId: string, seq: number): Promise<RoomState> {
  return (await loadHead(db, roomId, { headSeq: seq, lastAt: 0, now: 0 })).state;
}

/** The records of one layer as they stood at a sequence number, or later where a later snapshot is stored. */
export async function boardAt(
  db: Executor,
  key: { roomId: string; boardId: string; layer: Layer },
  upTo: number,
): Promise<ReadonlyMap<string, BoardRecord>> {
  return (await loadBoard(db, key, upTo)).records;
}

async function loadHead(
  db: Executor,
  roomId: string,
  head: queries.RoomHead,
): Promise<{ state: RoomState; unsavedEvents: number }> {
  const base = (await selectSnapshot(db, roomId, head.headSeq)) ?? initialState(roomId);
  const events = await queries.selectHeadEvents(db, roomId, { after: base.seq, upTo: head.headSeq });
  const state = skipTo(applyAll(base, events), head.headSeq, head.lastAt);
  return { state, unsavedEvents: head.headSeq - base.seq };
}

async function loadBoard(
  db: Executor,
  key: { roomId: string; boardId: string; layer: Layer },
  upTo: number,
): Promise<{ seq: number; records: Map<string, BoardRecord>; unsaved: number; unsavedBytes: number }> {
  const stored = await selectBoardSnapshot(db, key.roomId, key.boardId, key.layer);
  const records = new Map((stored?.records ?? []).map((record) => [record.id, record]));
  const after = stored?.seq ?? 0;
  const events = after < upTo ? await queries.selectBoardEvents(db, key, { after, upTo }) : [];
  for (const event of events) foldBoard(records, event.payload);
  const unsavedBytes = events.reduce((bytes, event) => bytes + weigh(event.payload), 0);
  return { seq: Math.max(after, upTo), records, unsaved: events.length, unsavedBytes };
}
