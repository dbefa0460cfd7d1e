import { z } from 'zod';
import { PAGED_TYPES } from '../adapters/convert/port';
import type { App } from '../app';
import { AppError } from '../errors';
import { enqueue } from '../jobs/queue';
import { distinctIn } from './names-in-folder';
import * as queries from './queries';

/** What the checks leave for the document that the upload becomes. */
export const uploadInspection = z.object({
  type: z.enum(PAGED_TYPES),
  pages: z.array(z.tuple([z.number(), z.number()])).min(1),
  firstImageKey: z.uuid().nullable(),
});
export type UploadInspection = z.infer<typeof uploadInspection>;

/**
 * Makes the document of an upload whose bytes are there and were found good, and asks for the pictures of its pages. The same upload
 * again changes nothing.
 */
export async function completeUpload(
  app: Pick<App, 'db'>,
  uploadId: string,
): Promise<{ documentId: string }> {
  return app.db.transaction(async (tx) => {
    const upload = await queries.findUpload(tx, uploadId);
    if (!upload) {
      if (await queries.findDocument(tx, uploadId)) return { documentId: uploadId };
      throw new AppError('NOT_FOUND');
    }
    const { type, pages, firstImageKey } = uploadInspection.parse(upload.inspection);
    const name = await distinctIn(tx, upload);
    await queries.insertDocument(
      tx,
      {
        id: upload.id,
        ownerId: upload.userId,
        name,
        folderId: upload.folderId,
        mimeType: type,
        bytes: upload.bytes,
        storageKey: upload.id,
        status: 'ready',
        pageCount: pages.length,
      },
      pages.map(([width, height], index) => ({
        documentId: upload.id,
        page: index + 1,
        width,
        height,
        imageKey: index === 0 ? firstImageKey : null,
      })),
    );
    await queries.deleteUpload(tx, upload.id);
    if (pages.length > 1 || !firstImageKey) {
      // Somebody is about to show the first pages: they go before the rest of other documents.
      await enqueue(app, tx, 'document-pages', { documentId: upload.id }, { priority: 1 });
    }
    return { documentId: upload.id };
  });
}
