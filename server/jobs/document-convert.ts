import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import * as documents from '../documents/service';
import { AppError } from '../errors';
import { inspectPages } from './inspect-pages';
import { withLocalCopy } from './local-copy';
import { dropOutputs } from './page-outputs';
import type { JobContext, JobHandler } from './worker';

/** Makes a PDF of an office document, one at a time on each worker; its pages are drawn as those of any PDF. */
export const convertDocument: JobHandler<'document-convert'> = async (context, { documentId, ...found }) => {
  const { app, adapters, signal } = context;
  const source = await documents.findSource(app, documentId);
  if (!source) return;
  await withLocalCopy(context, source.storageKey, async (file) => {
    try {
      const keep = (pdf: string) => keepPdf(context, source, pdf, found);
      const failure = await adapters.converter.toPdf(file, found.format, keep, signal);
      if (failure) throw new AppError(failure);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      app.log.info({ documentId, code: error.code }, 'document not converted');
      await documents.failConversion(app, source, error.code);
    }
  });
};

async function keepPdf(
  context: JobContext,
  source: documents.Source,
  pdf: string,
  { mimeType, notes }: { mimeType: string; notes: string[] },
): Promise<void> {
  const { app, adapters } = context;
  const pages = await inspectPages(context, source, pdf, 'application/pdf');
  const key = documents.outputKey(source.storageKey, 'pdf');
  const bytes = (await stat(pdf)).size;
  await adapters.storage.put(key, createReadStream(pdf));
  const wanted = await documents.applyPages(app, source, { ...pages, mimeType, notes, pdf: { key, bytes } });
  if (!wanted) await dropOutputs(context, source.storageKey, 1);
}
