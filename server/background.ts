import { getApp } from './app';
import { createFrontDoor, hangFrontDoor } from './front-door';
import { endLesson } from './lessons/service';
import { startMediaWatch } from './media/watch';
import { logRequests } from './request-log';
import { startRooms } from './rooms/background';
import { endGracefully } from './shutdown';

/** What the web process does by itself for as long as it runs. */
export function startBackground(): void {
  const app = getApp();
  hangFrontDoor(createFrontDoor(app));
  if (app.env.LECTERN_LOG_QUERIES) logRequests(app.log);
  startMediaWatch(app);
  const rooms = startRooms(app, endLesson);
  const failed = (error: unknown) => app.log.error({ err: error }, 'rooms did not stop cleanly');
  if (app.env.NODE_ENV === 'development') {
    // Next's development server cuts every connection off by itself.
    process.once('SIGTERM', () => void rooms.stop().catch(failed));
    process.once('SIGINT', () => void rooms.stop().catch(failed));
    return;
  }
  endGracefully({
    drain: async () => {
      app.log.info('web stops: its rooms go to other processes');
      await rooms.drain();
      app.log.info('web stops: its rooms are gone');
    },
    failed,
    late: () => app.log.warn('web was cut off'),
  });
}
