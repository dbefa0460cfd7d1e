import type { App } from '../app';
import { AppError } from '../errors';
import { forEachAlone } from '../repeat';
import { runtimeOf } from './runtime';
import { appendSystem, readState } from './service';

/**
 * Ends what has played to its end in the rooms that this process has open. Any process may say so: the room's log takes it once
 * (M4).
 */
export function sweepMedia(app: App): Promise<void> {
  return forEachAlone([readWhatPlays, endWhatIsOver], (step) => step(app));
}

async function readWhatPlays(app: App): Promise<void> {
  const { mediaEnds } = runtimeOf(app);
  await forEachAlone(mediaEnds.takeStale(), async (roomId) => {
    try {
      mediaEnds.plays(roomId, (await readState(app, roomId)).media);
    } catch (error) {
      // Of a room that is gone nothing plays.
      if (error instanceof AppError) return mediaEnds.plays(roomId, undefined);
      // With the database away: the next time.
      mediaEnds.lookAt(roomId);
      throw error;
    }
  });
}

async function endWhatIsOver(app: App): Promise<void> {
  const runtime = runtimeOf(app);
  const { mediaEnds } = runtime;
  const due = mediaEnds.takeDue(runtime.serverNow());
  // Where Postgres' clock is a little behind, or not to be reached, nothing has ended yet: they are looked at again.
  for (const { roomId } of due) mediaEnds.lookAt(roomId);
  await forEachAlone(due, ({ roomId, generation }) =>
    appendSystem(app, roomId, { type: 'media.end', payload: { generation } }),
  );
}
