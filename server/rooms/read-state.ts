import type { RoomState } from '@/room/state';
import type { App } from '../app';
import { AppError } from '../errors';
import { selectHead } from './queries/log';
import { runtimeOf } from './runtime';

/** A room's head as it stands in the database now. Throws NOT_FOUND. */
export async function readState(app: App, roomId: string): Promise<RoomState> {
  const head = await selectHead(app.db, roomId);
  if (!head) throw new AppError('NOT_FOUND');
  const runtime = runtimeOf(app);
  runtime.noteClock(head.now);
  return runtime.cacheOf(roomId).catchUp(app.db, head);
}
