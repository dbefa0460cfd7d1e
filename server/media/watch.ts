import type { App } from '../app';
import { followRoomEvents } from './effects';
import { reconcileAll } from './service';

/** Deliveries can be lost: so everything is compared again now and then. */
const EVERY_MS = 10_000;

const key = Symbol.for('lectern.media.watch');
const holder = globalThis as typeof globalThis & { [key]?: { stop: () => void } };

/** Keeps the media server in line with the database for as long as the process runs. Starting it again changes nothing. */
export function startMediaWatch(app: App): { stop: () => void } {
  followRoomEvents();
  return (holder[key] ??= watch(app));
}

function watch(app: App): { stop: () => void } {
  let away = false;
  let running = false;
  const timer = setInterval(() => void compare(), EVERY_MS);
  timer.unref();

  async function compare() {
    if (running) return;
    running = true;
    try {
      await reconcileAll(app);
      if (away) app.log.info('media server is back');
      away = false;
    } catch (error) {
      if (!away) app.log.warn({ err: error }, 'media server is away');
      away = true;
    } finally {
      running = false;
    }
  }

  return {
    stop() {
      clearInterval(timer);
      delete holder[key];
    },
  };
}
