import type { App } from '../app';
import * as queries from './queries/snapshots';
import type { RoomCache } from './room-cache';

/** What a reader of a head may have to read beyond its snapshot: so many events, or so many bytes of them. */
const HEAD_EVENTS = 200;
const HEAD_BYTES = 256 * 1024;
/** The same for a board. */
const BOARD_CHANGES = 100;
const BOARD_BYTES = 256 * 1024;
/** A board is written whole: not before this part of it has changed, or a large one would be written for every stroke. */
const BOARD_PART = 0.1;

/**
 * Stores what saves the next reader time. Nothing depends on it: it runs after the commit, nobody waits for it, and a
 * failure only means that the next one reads a longer way.
 */
export function storeSnapshots(app: App, cache: RoomCache): void {
  const work: Promise<void>[] = [];
  const headIsDue = cache.unsavedEvents >= HEAD_EVENTS || cache.unsavedHeadBytes >= HEAD_BYTES;
  if (headIsDue && cache.state) {
    cache.unsavedEvents = 0;
    cache.unsavedHeadBytes = 0;
    work.push(queries.insertSnapshot(app.db, cache.state));
  }
  const due = cache.boardsToSave(
    ({ unsaved, unsavedBytes, bytes }) =>
      (unsaved >= BOARD_CHANGES || unsavedBytes >= BOARD_BYTES) && unsavedBytes >= bytes * BOARD_PART,
  );
  for (const { boardId, layer, seq, records } of due) {
    work.push(queries.upsertBoardSnapshot(app.db, { roomId: cache.roomId, boardId, layer }, seq, records));
  }
  for (const stored of work) {
    stored.catch((error: unknown) =>
      app.log.warn({ err: error, roomId: cache.roomId }, 'a snapshot was not stored'),
    );
  }
}
