import path from 'node:path';
import { getApp } from './app';
import { createBuiltFiles } from './built-files';
import { startCalls } from './calls/background';
import { createFrontDoor, hangFrontDoor } from './front-door';
import { endLesson } from './lessons/service';
import { startMediaWatch } from './media/watch';
import { logRequests } from './request-log';
import { startRooms } from './rooms/background';
import { endGracefully } from './shutdown';

/** What the web process does by itself for as long as it runs. */
export function startBackground(): void {
  const app = getApp();
  const answers = createFrontDoor(app);
  const files = createBuiltFiles(path.resolve('.next/static'));
  hangFrontDoor((request, response) => answers(request, response) || files(request, response));
  if (app.env.LECTERN_LOG_QUERIES) logRequests(app.log);
  startMediaWatch(app);
  const rooms = startRooms(app, endLesson);
  const calls = startCalls(app);
  const stop = () => Promise.all([rooms.stop(), calls.stop()]);
  const failed = (error: unknown) => app.log.error({ err: error }, 'rooms did not stop cleanly');
  if (app.env.NODE_ENV === 'development') {
    // Next's development server cuts every connection off by itself.
    process.once('SIGTERM', () => void stop().catch(failed));
    process.once('SIGINT', () => void stop().catch(failed));
    return;
  }
  endGracefully({
    drain: async () => {
      app.log.info('web stops: its rooms go to other processes');
      await Promise.all([rooms.drain(), calls.stop()]);
      app.log.info('web stops: its rooms are gone');
    },
    failed,
    late: () => app.log.warn('web was cut off'),
  });
}
