import { isStorageFull } from '../adapters/storage/full';
import * as documents from '../documents/service';
import { AppError, type ErrorCode } from '../errors';
import { withLocalCopy } from './local-copy';
import type { JobContext } from './worker';

/**
 * Works on the file of a document that waits for it. What the file is to blame for, or a full disk, is said in the document; anything else is
 * tried again.
 */
export async function workOnSource(
  context: JobContext,
  documentId: string,
  work: (source: documents.Source, file: string) => Promise<void>,
): Promise<void> {
  const { app } = context;
  const source = await documents.findSource(app, documentId);
  if (!source) return;
  try {
    await withLocalCopy(context, source.storageKey, (file) => work(source, file));
  } catch (error) {
    const code = refusalOf(error);
    if (!code) throw error;
    app.log.info({ documentId, code, err: error }, 'document not taken');
    await documents.failConversion(app, source, code);
  }
}

function refusalOf(error: unknown): ErrorCode | null {
  if (error instanceof AppError) return error.code;
  return isStorageFull(error) ? 'STORAGE_FULL' : null;
}
