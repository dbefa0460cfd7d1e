import type { App } from '../app';
import * as queries from './queries/log';
import type { RoomCache } from './room-cache';

/** Events after which a head is stored anew, and changes after which a board is. */
const HEAD_EVERY = 200;
const BOARD_EVERY = 100;

/**
 * Stores what saves the next reader time. Nothing depends on it: it runs after the commit, nobody waits for it, and a
 * failure only means that the next one reads a longer way.
 */
export function storeSnapshots(app: App, cache: RoomCache): void {
  const work: Promise<void>[] = [];
  if (cache.unsavedEvents >= HEAD_EVERY && cache.state) {
    cache.unsavedEvents = 0;
    work.push(queries.insertSnapshot(app.db, cache.state));
  }
  for (const { boardId, layer, seq, records } of cache.boardsToSave(BOARD_EVERY)) {
    work.push(queries.upsertBoardSnapshot(app.db, { roomId: cache.roomId, boardId, layer }, seq, records));
  }
  for (const stored of work) {
    stored.catch((error: unknown) =>
      app.log.warn({ err: error, roomId: cache.roomId }, 'a snapshot was not stored'),
    );
  }
}
