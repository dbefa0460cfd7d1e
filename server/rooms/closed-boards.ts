import { CLOSED_BOARDS_PAGE } from '@/room/limits';
import { isPresenting } from '@/room/roles';
import type { App } from '../app';
import { AppError } from '../errors';
import type { Participant } from './people';
import { type ClosedBoardRow, selectClosedBoards } from './queries/closed-boards';
import { readState } from './service';

export type ClosedBoards = { boards: ClosedBoardRow[]; hasOlder: boolean };

/**
 * Blank boards of a room that were closed and are not open now, the last closed first, a page at a time.
 * @param before  only those that were closed before this sequence number
 * Throws NOT_ALLOWED for somebody who could not open one of them.
 */
export async function listClosedBoards(
  app: App,
  viewer: Pick<Participant, 'roomId' | 'role'>,
  before: number,
): Promise<ClosedBoards> {
  if (!isPresenting(viewer.role)) throw new AppError('NOT_ALLOWED');
  const { boards } = await readState(app, viewer.roomId);
  const open = boards.map(({ id }) => id);
  const rows = await selectClosedBoards(app.db, viewer.roomId, open, {
    before,
    limit: CLOSED_BOARDS_PAGE + 1,
  });
  return { boards: rows.slice(0, CLOSED_BOARDS_PAGE), hasOlder: rows.length > CLOSED_BOARDS_PAGE };
}
