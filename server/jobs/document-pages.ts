import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as documents from '../documents/service';
import type { JobHandler } from './worker';

/** A fresh process draws this many pages, so that one bad page costs its neighbours little. */
const PAGES_A_RUN = 25;

/** Draws the pages that have no picture, first pages first. Run again, it goes on where it stopped. */
export const drawDocumentPages: JobHandler<'document-pages'> = async (
  { app, adapters, signal },
  { documentId },
) => {
  const document = await documents.findDocument(app.db, documentId);
  if (!document || document.mimeType !== 'application/pdf') return;
  const missing = (await documents.listPages(app.db, documentId)).filter((page) => !page.imageKey);
  const [firstMissing] = missing;
  if (!firstMissing) return;
  const { storage, converter } = adapters;
  const work = path.join(app.env.LECTERN_STATE_DIR, 'work');
  await mkdir(work, { recursive: true, mode: 0o700 });
  const copy = path.join(work, app.newId());
  try {
    await storage.download(document.storageKey, copy);
    for (let first = firstMissing.page; first <= document.pageCount; first += PAGES_A_RUN) {
      signal.throwIfAborted();
      const last = Math.min(document.pageCount, first + PAGES_A_RUN - 1);
      await converter.renderPages(
        copy,
        { first, last },
        async (page, file) => {
          const imageKey = app.newId();
          await storage.put(imageKey, createReadStream(file));
          await documents.setPageImage(app.db, documentId, page, imageKey);
        },
        signal,
      );
    }
  } finally {
    await rm(copy, { force: true });
  }
};
