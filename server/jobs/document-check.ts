import type { PagedType } from '../adapters/convert/port';
import * as documents from '../documents/service';
import { AppError } from '../errors';
import { inspectPages } from './inspect-pages';
import { withLocalCopy } from './local-copy';
import type { JobContext, JobHandler } from './worker';

/**
 * Finds out what an uploaded file is. A PDF or a picture is ready when this is over, as is what is only kept; an office document waits for
 * its turn to be converted.
 */
export const checkDocument: JobHandler<'document-check'> = async (context, { documentId }) => {
  const { app } = context;
  const source = await documents.findSource(app, documentId);
  if (!source) return;
  await withLocalCopy(context, source.storageKey, async (file) => {
    try {
      await take(context, source, file);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      app.log.info({ documentId, code: error.code }, 'document refused');
      await documents.failConversion(app, source, error.code);
    }
  });
};

async function take(context: JobContext, source: documents.Source, file: string): Promise<void> {
  const { app } = context;
  const found = await documents.sniffFile(file, source.name);
  switch (found.becomes) {
    case 'pages':
      return showAsItIs(context, source, file, found.mimeType);
    case 'pdf':
      return documents.convertNext(app, source, found);
    case 'media':
    case 'file':
      await documents.applyFile(app, source, { kind: found.becomes, mimeType: found.mimeType });
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
