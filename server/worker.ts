import { createWorkerAdapters } from './adapters/worker';
import { getApp } from './app';
import { createFilesServer } from './files/server';
import { startJobs } from './jobs/worker';

/** How long what is under way may take to end after SIGTERM; then it is cut off, and resumes or is tried again. */
const SHUTDOWN_MS = 9_000;

const app = getApp();
const adapters = await createWorkerAdapters(app);
const jobs = await startJobs(app, adapters);
const files = createFilesServer(app, adapters);
const { port, protocol } = new URL(app.env.LECTERN_FILES_URL);
const listenOn = process.env.LECTERN_FILES_PORT ?? (port || (protocol === 'https:' ? '443' : '80'));
files.listen(Number(listenOn), process.env.LECTERN_FILES_HOST ?? '127.0.0.1', () => {
  app.log.info({ port: Number(listenOn) }, 'worker is ready');
});

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  app.log.info({ signal }, 'worker stops');
  const late = setTimeout(() => {
    app.log.warn('worker was cut off');
    process.exit(1);
  }, SHUTDOWN_MS);
  const closed = new Promise((resolve) => files.close(resolve));
  files.closeIdleConnections();
  await Promise.all([closed, jobs.stop()]);
  await app.sql.end({ timeout: 1 });
  clearTimeout(late);
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    stop(signal).catch((error: unknown) => {
      app.log.error({ err: error }, 'worker did not stop cleanly');
      process.exit(1);
    });
  });
}
