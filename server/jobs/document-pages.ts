import { isStorageFull } from '../adapters/storage/full';
import * as documents from '../documents/service';
import { withLocalCopy } from './local-copy';
import { dropOutputs, storePage } from './page-outputs';
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
  if (!document?.pagesKey) return;
  const pages = await documents.listPages(app.db, documentId);
  const next = pages.find((page) => !page.imageKey && page.page > after);
  const last = next ? Math.min(document.pageCount, next.page + PAGES_A_RUN - 1) : document.pageCount;
  if (next) {
    try {
      await drawPages(context, document, document.pagesKey, { first: next.page, last });
    } catch (error) {
      // What is shown already waits for room.
      if (!isStorageFull(error) || document.status === 'ready') throw error;
      return documents.failConversion(app, { documentId, storageKey: document.storageKey }, 'STORAGE_FULL');
    }
  }
  await documents.notePagesDone(app, document, last);
  if (last < document.pageCount) await enqueue(app, app.db, 'document-pages', { documentId, after: last });
};

async function drawPages(
  context: JobContext,
  document: { id: string; storageKey: string; pageCount: number },
  pagesKey: string,
  range: { first: number; last: number },
): Promise<void> {
  const { app, adapters, signal } = context;
  await withLocalCopy(context, pagesKey, (file) =>
    adapters.converter.renderPages(
      file,
      range,
      async (output) => {
        await storePage(context, document.storageKey, output);
        const wanted = await documents.savePage(app, document, output);
        if (wanted) await documents.notePagesDone(app, document, output.page);
        else await dropOutputs(context, document.storageKey, output.page);
      },
      signal,
    ),
  );
  // Cut off by a shutdown: the queue tries the same pages again.
  signal.throwIfAborted();
  await documents.notePagesUnreadable(app, document, range);
}
