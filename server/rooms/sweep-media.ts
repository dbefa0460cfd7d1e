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
  for (const roomId of mediaEnds.takeStale()) mediaEnds.plays(roomId, (await readState(app, roomId)).media);
  for (const { roomId, generation } of mediaEnds.takeDue(runtime.serverNow())) {
    // Where Postgres' clock is a little behind, nothing has ended yet: it is looked at again.
    mediaEnds.lookAt(roomId);
    await appendSystem(app, roomId, { type: 'media.end', payload: { generation } });
  }
}
