import type { Executor } from '@/db/client';
import { apply, applyAll, initialState, skipTo } from '@/room/apply';
import { type BoardRecord, foldBoard, type Layer } from '@/room/boards';
import type { RoomEvent } from '@/room/events';
import type { RoomState } from '@/room/state';
import * as queries from './queries/log';

/** Boards of one room kept in memory, shown ones mostly; the least used goes first. */
const MAX_CACHED_BOARDS = 12;
/** Beyond this, a head is read anew from its snapshot rather than caught up event by event. */
const MAX_CATCH_UP = 500;

type CachedBoard = {
  boardId: string;
  layer: Layer;
  records: Map<string, BoardRecord>;
  /** Changes since the stored snapshot. */
  unsaved: number;
};

/**
 * One room's state in this process: the head and some boards, all at the same sequence number. It holds committed events
 * only. `advance` is synchronous and keyed by seq, so that several readers may catch up at once.
 */
export class RoomCache {
  readonly roomId: string;
  /** Commands are being carried out: not to be forgotten now. */
  busy = false;
  /** Events since a head was stored. */
  unsavedEvents = 0;
  #state: RoomState | null = null;
  readonly #boards = new Map<string, CachedBoard>();

  constructor(roomId: string) {
    this.roomId = roomId;
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
    }
    this.#state = state;
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
        const loaded = await loadHead(db, this.roomId, head);
        // Somebody else may have got further while this was read.
        if (!this.#state || this.#state.seq < loaded.seq) {
          this.#state = loaded;
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
    }
    const installed = this.#boards.get(key);
    if (installed) return installed.records;
    this.#boards.set(key, { boardId, layer, records: loaded.records, unsaved: loaded.unsaved });
    if (this.#boards.size > MAX_CACHED_BOARDS) {
      for (const oldest of this.#boards.keys()) {
        this.#boards.delete(oldest);
        break;
      }
    }
    return loaded.records;
  }

  /** Boards with so many changes since their stored snapshot that storing a new one saves the next reader time. */
  boardsToSave(minimum: number): { boardId: string; layer: Layer; seq: number; records: BoardRecord[] }[] {
    const due = [...this.#boards.values()].filter((board) => board.unsaved >= minimum);
    return due.map((board) => {
      board.unsaved = 0;
      return {
        boardId: board.boardId,
        layer: board.layer,
        seq: this.seq,
        records: [...board.records.values()],
      };
    });
  }

  #advanceBoard(event: Extract<RoomEvent, { type: 'board.changed' }>): void {
    const board = this.#boards.get(boardKey(event.payload.boardId, event.payload.layer));
    if (!board) return;
    foldBoard(board.records, event.payload);
    board.unsaved += 1;
  }
}

export function boardKey(boardId: string, layer: Layer): string {
  return `${boardId}/${layer}`;
}

async function loadHead(db: Executor, roomId: string, head: queries.RoomHead): Promise<RoomState> {
  const base = (await queries.selectSnapshot(db, roomId, head.headSeq)) ?? initialState(roomId);
  const events = await queries.selectHeadEvents(db, roomId, { after: base.seq, upTo: head.headSeq });
  return skipTo(applyAll(base, events), head.headSeq, head.lastAt);
}

async function loadBoard(
  db: Executor,
  key: { roomId: string; boardId: string; layer: Layer },
  upTo: number,
): Promise<{ seq: number; records: Map<string, BoardRecord>; unsaved: number }> {
  const stored = await queries.selectBoardSnapshot(db, key.roomId, key.boardId, key.layer);
  const records = new Map((stored?.records ?? []).map((record) => [record.id, record]));
  const after = stored?.seq ?? 0;
  const events = after < upTo ? await queries.selectBoardEvents(db, key, { after, upTo }) : [];
  for (const event of events) foldBoard(records, event.payload);
  return { seq: Math.max(after, upTo), records, unsaved: events.length };
}
