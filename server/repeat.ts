import type { App } from './app';

/** Runs `work` again and again, `ms` after it ended; gives the function that stops it and waits for what still runs. */
export function repeat(app: Pick<App, 'log'>, ms: number, work: () => Promise<void>): () => Promise<void> {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const run = async () => {
    try {
      await work();
    } catch (error) {
      app.log.warn({ err: error }, 'a sweep failed; it is tried again');
    }
    if (!stopped) plan();
  };
  const plan = () => {
    timer = setTimeout(() => {
      running = run();
    }, ms);
    timer.unref();
  };
  plan();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
