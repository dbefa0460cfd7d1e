import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import * as documents from '../documents/service';
import { AppError } from '../errors';
import { inspectPages } from './inspect-pages';
import { dropOutputs } from './page-outputs';
import { workOnSource } from './work-on-source';
import type { JobContext, JobHandler } from './worker';

/** Makes a PDF of an office document, one at a time on each worker; its pages are drawn as those of any PDF. */
export const convertDocument: JobHandler<'document-convert'> = (context, { documentId, ...found }) =>
  workOnSource(context, documentId, async (source, file) => {
    const { adapters, signal } = context;
    const keep = (pdf: string) => keepPdf(context, source, pdf, found);
    const failure = await adapters.converter.toPdf(file, found.format, keep, signal);
    if (failure) throw new AppError(failure);
  });

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
