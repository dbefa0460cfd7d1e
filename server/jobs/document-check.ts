import type { PagedType } from '../adapters/convert/port';
import * as documents from '../documents/service';
import { inspectPages } from './inspect-pages';
import { takeMedia } from './media-check';
import { workOnSource } from './work-on-source';
import type { JobContext, JobHandler } from './worker';

/**
 * Finds out what an uploaded file is. A PDF or a picture is ready when this is over, as is what browsers play and what is only kept; an
 * office document, and a film that no browser plays, wait for their turn to be converted.
 */
export const checkDocument: JobHandler<'document-check'> = (context, { documentId }) =>
  workOnSource(context, documentId, (source, file) => take(context, source, file));

async function take(context: JobContext, source: documents.Source, file: string): Promise<void> {
  const { app } = context;
  const found = await documents.sniffFile(file, source.name);
  switch (found.becomes) {
    case 'pages':
      return showAsItIs(context, source, file, found.mimeType);
    case 'pdf':
      return documents.convertNext(app, source, found);
    case 'media':
      return takeMedia(context, source, file, found.mimeType);
    case 'file':
      await documents.applyFile(app, source, { kind: 'file', mimeType: found.mimeType });
      await documents.joinCaptions(app, source.documentId);
  }
}

async function showAsItIs(
  context: JobContext,
  source: documents.Source,
  file: string,
  mimeType: PagedType,
): Promise<void> {
  const { storageKey, bytes } = source;
  const pages = await inspectPages(context, source, file, mimeType);
  const pdf = mimeType === 'application/pdf' ? { key: storageKey, bytes } : null;
  await documents.applyPages(context.app, source, { ...pages, mimeType, pdf, notes: [] });
}
