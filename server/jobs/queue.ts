import { PgBoss } from 'pg-boss';
import type { Executor } from '@/db/client';
import type { OfficeFormat } from '../adapters/convert/port';
import type { Probe } from '../adapters/transcode/port';
import type { App } from '../app';
import { queueDatabase } from './queries';

/** What was found in a file when it was looked into first: nobody looks again. */
export type Probed = { storageKey: string; probe: Probe };

/** Every kind of job, with what it is told. A file beside this one handles each; `worker.ts` knows them all. */
export type Jobs = {
  /** Finds out what an uploaded file is. */
  'document-check': { documentId: string };
  /** Makes a PDF of an office document. */
  'document-convert': { documentId: string; format: OfficeFormat; mimeType: string; notes: string[] };
  /** Gives a document up whose job was tried in vain. */
  'document-failed': { documentId: string };
  /** Draws the pictures of a document's pages that have none, from the page after `after` on. */
  'document-pages': { documentId: string; after?: number };
  /** Writes the marks over a document's pages. */
  'document-export': { exportId: string };
  /** Tells rooms that a document has another file. */
  'document-replaced': { documentId: string };
  /** The same as `media-convert`, for what is done in moments: no pictures are encoded. */
  'media-pack': { documentId: string; probed: Probed };
  /** Makes a sound or film playable that browsers do not play as it is. */
  'media-convert': { documentId: string; probed: Probed };
  /** Reads a sound's or film's picture, loudness and words. */
  'media-extras': { documentId: string; probed: Probed };
  /** Puts a file of captions to a sound or film. */
  'media-captions': { documentId: string; captionsId: string };
  /** Removes bytes that no row knows of any more. */
  'files-drop': { keys: string[] };
  /** Removes the bytes of deleted documents and of uploads that were given up. Runs by the clock. */
  'files-purge': Record<string, never>;
  /** Sends the mails that are due. Asked for with each of them, and by the clock. */
  'mail-send': Record<string, never>;
  /** Sends somebody the links to their lessons, where anybody has that address. `about`: the lesson whose link they had. */
  'lost-link': { id: string; email: string; about: string | null };
  /** Writes the reminders that are due. Runs by the clock. */
  reminders: Record<string, never>;
  /** Writes the invitations, changes and cancellations that are due. Runs by the clock. `again`: how often it is still to run in this minute. */
  invitations: { again?: number };
  /** Forgets old mails and notifications. Runs by the clock. */
  'mail-purge': Record<string, never>;
};
export type JobName = keyof Jobs;

type Asking = Pick<App, 'db'>;
const senders = new WeakMap<App['db'], Promise<PgBoss>>();

/**
 * Asks for a job in the transaction that needs it: it will run if, and only if, the transaction commits. Handlers are
 * idempotent, since a job may run twice.
 * @param options.priority  higher runs first
 * @param options.afterSeconds  not before this long from now
 */
export async function enqueue<Name extends JobName>(
  app: Asking,
  tx: Executor,
  name: Name,
  data: Jobs[Name],
  { priority = 0, afterSeconds = 0 }: { priority?: number; afterSeconds?: number } = {},
): Promise<void> {
  const sender = await senderOf(app);
  await sender.send(name, data, { db: queueDatabase(tx), priority, startAfter: afterSeconds });
}

/** A pg-boss that only sends, over the process' own pool: no schema of its own, no timers that work. */
function senderOf({ db }: Asking): Promise<PgBoss> {
  const known = senders.get(db);
  if (known) return known;
  const boss = new PgBoss({
    db: queueDatabase(db),
    migrate: false,
    supervise: false,
    schedule: false,
    useListenNotify: true,
  });
  const started = boss.start().catch((error: unknown) => {
    senders.delete(db);
    throw new Error('The job queue is not there yet', { cause: error });
  });
  senders.set(db, started);
  return started;
}
