import { z } from 'zod';
import type { Executor } from '@/db/client';
import type { App } from '../app';
import { AppError } from '../errors';
import { enqueue } from '../jobs/queue';
import { distinctIn } from './names-in-folder';
import * as queries from './queries';
import { findByFile, lockDocument, updateDocument } from './queries/conversion';

/** What the first look leaves for the document that the upload becomes. */
export const uploadInspection = z.object({ mimeType: z.string().min(1).max(200) });
export type UploadInspection = z.infer<typeof uploadInspection>;

/** The document that an upload has become, or whose file it takes the place of; null while it is none. */
export async function documentOfUpload(app: Pick<App, 'db'>, uploadId: string): Promise<string | null> {
  return (await findByFile(app.db, uploadId))?.id ?? null;
}

/**
 * Makes the document of an upload whose bytes are there, and asks for its pages; or gives them to the document whose file it takes the place
 * of, which shows what it has until then. The same upload again changes nothing.
 */
export async function completeUpload(
  app: Pick<App, 'db'>,
  uploadId: string,
): Promise<{ documentId: string }> {
  return app.db.transaction(async (tx) => {
    const upload = await queries.findUpload(tx, uploadId);
    if (!upload) {
      const done = await findByFile(tx, uploadId);
      if (done) return { documentId: done.id };
      throw new AppError('NOT_FOUND');
    }
    const { mimeType } = uploadInspection.parse(upload.inspection);
    const documentId = upload.replaces
      ? await replaceFile(app, tx, upload.replaces, { storageKey: upload.id, mimeType, bytes: upload.bytes })
      : await insertDocument(tx, upload, mimeType);
    await queries.deleteUpload(tx, upload.id);
    await enqueue(app, tx, 'document-check', { documentId });
    return { documentId };
  });
}

async function insertDocument(tx: Executor, upload: queries.UploadRow, mimeType: string): Promise<string> {
  await queries.insertDocument(tx, {
    id: upload.id,
    ownerId: upload.userId,
    name: await distinctIn(tx, upload),
    folderId: upload.folderId,
    mimeType,
    bytes: upload.bytes,
    storageKey: upload.id,
    status: 'checking',
  });
  return upload.id;
}

async function replaceFile(
  app: Pick<App, 'db'>,
  tx: Executor,
  documentId: string,
  replacement: NonNullable<queries.DocumentRow['replacement']>,
): Promise<string> {
  const document = await lockDocument(tx, documentId);
  if (!document) throw new AppError('NOT_FOUND');
  // Somebody who replaces twice in a row means the second file.
  if (document.replacement) await enqueue(app, tx, 'files-drop', { keys: [document.replacement.storageKey] });
  await updateDocument(tx, documentId, { replacement, status: 'checking', failure: null });
  return documentId;
}
