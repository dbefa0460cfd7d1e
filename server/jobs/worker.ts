import { PgBoss } from 'pg-boss';
import type { App } from '../app';
import type { WorkerAdapters } from '../adapters/worker';
import { checkDocument } from './document-check';
import { convertDocument } from './document-convert';
import { exportDocument } from './document-export';
import { giveDocumentUp } from './document-failed';
import { drawDocumentPages } from './document-pages';
import { tellRooms } from './document-replaced';
import { dropFiles } from './files-drop';
import { purgeFiles } from './files-purge';
import { addCaptions } from './media-captions';
import { findLostLink } from './lost-link';
import { convertMedia } from './media-convert';
import { readExtras } from './media-extras';
import { tellOfLessons } from './invitations';
import { forgetMails } from './mail-purge';
import { sendMails } from './mail-send';
import { remind } from './reminders';
import type { JobName, Jobs } from './queue';

export type JobContext = { app: App; adapters: WorkerAdapters; signal: AbortSignal };
export type JobHandler<Name extends JobName> = (context: JobContext, data: Jobs[Name]) => Promise<void>;

type Registration<Name extends JobName> = {
  handle: JobHandler<Name>;
  retries: number;
  /** How long it may take. A worker that was killed is noticed sooner, by its silence. */
  seconds: number;
  /** How many this worker does at the same time. */
  atOnce?: number;
  /** Jobs that were tried in vain go there. */
  givesUpTo?: JobName;
  cron?: string;
};

const registrations: { [Name in JobName]: Registration<Name> } = {
  'document-failed': { handle: giveDocumentUp, retries: 10, seconds: 60 },
  // A file that takes long to be looked at does not hold up the next one.
  'document-check': {
    handle: checkDocument,
    retries: 2,
    seconds: 600,
    atOnce: 2,
    givesUpTo: 'document-failed',
  },
  'document-convert': { handle: convertDocument, retries: 2, seconds: 1200, givesUpTo: 'document-failed' },
  'document-pages': { handle: drawDocumentPages, retries: 2, seconds: 3600, givesUpTo: 'document-failed' },
  'document-export': { handle: exportDocument, retries: 2, seconds: 1200 },
  'document-replaced': { handle: tellRooms, retries: 5, seconds: 120 },
  // What takes longer is given up by the transcoder itself.
  'media-convert': { handle: convertMedia, retries: 2, seconds: 7 * 3600, givesUpTo: 'document-failed' },
  'media-captions': { handle: addCaptions, retries: 2, seconds: 600 },
  // A film that is only packed anew does not wait behind one that is encoded for an hour.
  'media-pack': { handle: convertMedia, retries: 2, seconds: 7 * 3600, givesUpTo: 'document-failed' },
  'media-extras': { handle: readExtras, retries: 2, seconds: 3600 },
  'files-drop': { handle: dropFiles, retries: 5, seconds: 600 },
  'files-purge': { handle: purgeFiles, retries: 0, seconds: 600, cron: '17 * * * *' },
  // A try in vain is its own mail's: the job itself only looks for what is due.
  'mail-send': { handle: sendMails, retries: 3, seconds: 3600, atOnce: 2, cron: '* * * * *' },
  reminders: { handle: remind, retries: 0, seconds: 600, cron: '* * * * *' },
  invitations: { handle: tellOfLessons, retries: 0, seconds: 600, cron: '* * * * *' },
  'lost-link': { handle: findLostLink, retries: 3, seconds: 60 },
  'mail-purge': { handle: forgetMails, retries: 0, seconds: 600, cron: '23 3 * * *' },
};

/** A worker that says nothing for so long is dead: its jobs are tried again by another. The queue allows no less than 10. */
const HEARTBEAT_SECONDS = 10;

/**
 * How often a worker looks for jobs by itself: where the queue cannot tell it of them, and where it can. No message comes of a job that is
 * due later or tried again, nor while Postgres is away.
 */
const LOOKS = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 };

/** Sets the queues up and works on them until it is stopped. */
export async function startJobs(app: App, adapters: WorkerAdapters): Promise<{ stop(): Promise<void> }> {
  const boss = new PgBoss({
    connectionString: app.env.DATABASE_URL,
    max: 4,
    useListenNotify: true,
    superviseIntervalSeconds: HEARTBEAT_SECONDS / 2,
    monitorIntervalSeconds: HEARTBEAT_SECONDS / 2,
  });
  boss.on('error', (error) => app.log.error({ err: error }, 'job queue'));
  boss.on('warning', (warning) => app.log.warn({ warning }, 'job queue'));
  await boss.start();
  const stopping = new AbortController();
  const context = { app, adapters, signal: stopping.signal };
  // Where others give up to comes first.
  await register(boss, 'document-failed', registrations['document-failed'], context);
  await register(boss, 'document-check', registrations['document-check'], context);
  await register(boss, 'document-convert', registrations['document-convert'], context);
  await register(boss, 'document-pages', registrations['document-pages'], context);
  await register(boss, 'document-export', registrations['document-export'], context);
  await register(boss, 'document-replaced', registrations['document-replaced'], context);
  await register(boss, 'media-convert', registrations['media-convert'], context);
  await register(boss, 'media-captions', registrations['media-captions'], context);
  await register(boss, 'media-pack', registrations['media-pack'], context);
  await register(boss, 'media-extras', registrations['media-extras'], context);
  await register(boss, 'files-drop', registrations['files-drop'], context);
  await register(boss, 'files-purge', registrations['files-purge'], context);
  await register(boss, 'mail-send', registrations['mail-send'], context);
  await register(boss, 'reminders', registrations.reminders, context);
  await register(boss, 'invitations', registrations.invitations, context);
  await register(boss, 'lost-link', registrations['lost-link'], context);
  await register(boss, 'mail-purge', registrations['mail-purge'], context);
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
  { handle, retries, seconds, atOnce = 1, givesUpTo, cron }: Registration<Name>,
  context: JobContext,
): Promise<void> {
  await boss.createQueue(name);
  await boss.updateQueue(name, {
    retryLimit: retries,
    retryBackoff: true,
    expireInSeconds: seconds,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    deadLetter: givesUpTo ?? null,
    notify: true,
  });
  if (cron) await boss.schedule(name, cron, {});
  for (let worker = 0; worker < atOnce; worker += 1) await startWorker(boss, name, handle, context);
}

async function startWorker<Name extends JobName>(
  boss: PgBoss,
  name: Name,
  handle: JobHandler<Name>,
  context: JobContext,
): Promise<void> {
  let workerId: string | undefined;
  workerId = await boss.work<Jobs[Name]>(name, LOOKS, async (jobs) => {
    try {
      for (const job of jobs) {
        const started = performance.now();
        await handle(context, job.data);
        context.app.log.info(
          { job: name, id: job.id, ms: Math.round(performance.now() - started) },
          'job done',
        );
      }
    } finally {
      // Several messages that came while it worked are one to it: it looks for the next job without being told of it.
      if (workerId) boss.notifyWorker(workerId);
    }
  });
}
