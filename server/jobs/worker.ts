import { PgBoss } from 'pg-boss';
import type { App } from '../app';
import type { WorkerAdapters } from '../adapters/worker';
import { drawDocumentPages } from './document-pages';
import { purgeFiles } from './files-purge';
import type { JobName, Jobs } from './queue';

export type JobContext = { app: App; adapters: WorkerAdapters; signal: AbortSignal };
export type JobHandler<Name extends JobName> = (context: JobContext, data: Jobs[Name]) => Promise<void>;

type Registration<Name extends JobName> = {
  handle: JobHandler<Name>;
  retries: number;
  seconds: number;
  cron?: string;
};

const registrations: { [Name in JobName]: Registration<Name> } = {
  'document-pages': { handle: drawDocumentPages, retries: 2, seconds: 3600 },
  'files-purge': { handle: purgeFiles, retries: 0, seconds: 600, cron: '17 * * * *' },
};

/** Sets the queues up and works on them until it is stopped. */
export async function startJobs(app: App, adapters: WorkerAdapters): Promise<{ stop(): Promise<void> }> {
  const boss = new PgBoss({ connectionString: app.env.DATABASE_URL, max: 4, useListenNotify: true });
  boss.on('error', (error) => app.log.error({ err: error }, 'job queue'));
  boss.on('warning', (warning) => app.log.warn({ warning }, 'job queue'));
  await boss.start();
  const stopping = new AbortController();
  const context = { app, adapters, signal: stopping.signal };
  await register(boss, 'document-pages', registrations['document-pages'], context);
  await register(boss, 'files-purge', registrations['files-purge'], context);
  return {
    async stop() {
      // Handlers hear the signal and leave; what they left undone is tried again by the next worker.
      stopping.abort();
      await boss.stop({ graceful: true, timeout: 8_000 });
    },
  };
}

async function register<Name extends JobName>(
  boss: PgBoss,
  name: Name,
  { handle, retries, seconds, cron }: Registration<Name>,
  context: JobContext,
): Promise<void> {
  await boss.createQueue(name);
  await boss.updateQueue(name, {
    retryLimit: retries,
    retryBackoff: true,
    expireInSeconds: seconds,
    notify: true,
  });
  if (cron) await boss.schedule(name, cron, {});
  await boss.work<Jobs[Name]>(name, { pollingIntervalSeconds: 2 }, async (jobs) => {
    for (const job of jobs) {
      const started = performance.now();
      await handle(context, job.data);
      context.app.log.info(
        { job: name, id: job.id, ms: Math.round(performance.now() - started) },
        'job done',
      );
    }
  });
}
