import { getApp } from './app';
import { endLesson } from './lessons/service';
import { startMediaWatch } from './media/watch';
import { startRooms } from './rooms/background';

/** What the web process does by itself for as long as it runs. */
export function startBackground(): void {
  const app = getApp();
  startMediaWatch(app);
  const stopRooms = startRooms(app, endLesson);
  // Next waits for open responses when it is told to end, and a stream is open for ever: they are closed first (T7).
  const stop = () => {
    stopRooms().catch((error: unknown) => app.log.error({ err: error }, 'rooms did not stop cleanly'));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
