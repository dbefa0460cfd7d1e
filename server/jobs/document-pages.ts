import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as documents from '../documents/service';
import { enqueue } from './queue';
import type { JobContext, JobHandler } from './worker';

/** A fresh process draws this many pages, so that one bad page costs its neighbours little. */
const PAGES_A_RUN = 25;

/**
 * Draws the next pages that have no picture, and asks for the rest as another job: between the runs of a long book it is other
 * documents' turn. A page that cannot be drawn is tried once.
 */
export const drawDocumentPages: JobHandler<'document-pages'> = async (context, { documentId, after = 0 }) => {
  const { app } = context;
  const document = await documents.findDocument(app.db, documentId);
  if (!document || document.mimeType !== 'application/pdf') return;
  const pages = await documents.listPages(app.db, documentId);
  const next = pages.find((page) => !page.imageKey && page.page > after);
  if (!next) return;
  const last = Math.min(document.pageCount, next.page + PAGES_A_RUN - 1);
  await drawPages(context, document, { first: next.page, last });
  if (last < document.pageCount) await enqueue(app, app.db, 'document-pages', { documentId, after: last });
};

async function drawPages(
  { app, adapters: { storage, converter }, signal }: JobContext,
  { id, storageKey }: { id: string; storageKey: string },
  range: { first: number; last: number },
): Promise<void> {
  const work = path.join(app.env.LECTERN_STATE_DIR, 'work');
  await mkdir(work, { recursive: true, mode: 0o700 });
  const copy = path.join(work, app.newId());
  const keep = async (page: number, file: string) => {
    const imageKey = app.newId();
    await storage.put(imageKey, createReadStream(file));
    await documents.setPageImage(app.db, id, page, imageKey);
  };
  try {
    await storage.download(storageKey, copy);
    await converter.renderPages(copy, range, keep, signal);
  } finally {
    await rm(copy, { force: true });
  }
  // Cut off by a shutdown: the queue tries the same pages again.
  signal.throwIfAborted();
}
