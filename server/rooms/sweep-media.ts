import type { App } from '../app';
import { runtimeOf } from './runtime';
import { appendSystem, readState } from './service';

/**
 * Ends what has played to its end in the rooms that this process has open. Any process may say so: the room's log takes it once
 * (M4).
 */
export async function sweepMedia(app: App): Promise<void> {
  const runtime = runtimeOf(app);
  const { mediaEnds } = runtime;
  const stale = mediaEnds.takeStale();
  try {
    for (let roomId = stale[0]; roomId; roomId = stale[0]) {
      mediaEnds.plays(roomId, (await readState(app, roomId)).media);
      stale.shift();
    }
  } finally {
    // With the database away: the next time.
    for (const roomId of stale) mediaEnds.lookAt(roomId);
  }
  const due = mediaEnds.takeDue(runtime.serverNow());
  // Where Postgres' clock is a little behind, or not to be reached, nothing has ended yet: they are looked at again.
  for (const { roomId } of due) mediaEnds.lookAt(roomId);
  for (const { roomId, generation } of due)
    await appendSystem(app, roomId, { type: 'media.end', payload: { generation } });
}
