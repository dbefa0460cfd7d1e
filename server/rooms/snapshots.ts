import type { App } from '../app';
import * as queries from './queries/snapshots';
import { boardKey, type RoomCache } from './room-cache';

/** What a reader of a head may have to read beyond its snapshot: so many events, or so many bytes of them. */
const HEAD_EVENTS = 200;
const HEAD_BYTES = 256 * 1024;
/** The same for a board. */
const BOARD_CHANGES = 100;
const BOARD_BYTES = 256 * 1024;
/** A board is written whole: not before this part of it has changed, or a large one would be written for every stroke. */
const BOARD_PART = 0.1;

/** Nor more often than this allows, in bytes of memory a second: in the busiest class that is a few per cent of a core. */
const BOARD_BYTES_A_SECOND = 1024 * 1024;

const HEAD = 'head';

/**
 * Stores what saves the next reader time. Nothing depends on it: it runs after the commit, nobody waits for it, and a
 * failure only means that the next one reads a longer way.
 */
export function storeSnapshots(app: App, cache: RoomCache): void {
  const { state } = cache;
  const headIsDue = cache.unsavedEvents >= HEAD_EVENTS || cache.unsavedHeadBytes >= HEAD_BYTES;
  if (state && headIsDue && !cache.saving.has(HEAD)) {
    cache.unsavedEvents = 0;
    cache.unsavedHeadBytes = 0;
    void storeOne(app, cache, { what: HEAD, pauseMs: 0 }, () => queries.insertSnapshot(app.db, state));
  }
  const due = cache.boardsToSave(
    ({ boardId, layer, unsaved, unsavedBytes, bytes }) =>
      (unsaved >= BOARD_CHANGES || unsavedBytes >= BOARD_BYTES) &&
      unsavedBytes >= bytes * BOARD_PART &&
      !cache.saving.has(boardKey(boardId, layer)),
  );
  for (const { boardId, layer, seq, records, bytes } of due) {
    const key = { roomId: cache.roomId, boardId, layer };
    const one = { what: boardKey(boardId, layer), pauseMs: (bytes * 1000) / BOARD_BYTES_A_SECOND };
    void storeOne(app, cache, one, () => queries.upsertBoardSnapshot(app.db, key, seq, records));
  }
}

/** One at a time of the head and of each board. What has become due meanwhile is stored after the pause. */
async function storeOne(
  app: App,
  cache: RoomCache,
  { what, pauseMs }: { what: string; pauseMs: number },
  store: () => Promise<void>,
): Promise<void> {
  cache.saving.add(what);
  try {
    await store();
  } catch (error) {
    app.log.warn({ err: error, roomId: cache.roomId }, 'a snapshot was not stored');
  }
  setTimeout(() => {
    cache.saving.delete(what);
    storeSnapshots(app, cache);
  }, pauseMs).unref();
}
