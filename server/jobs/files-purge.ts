import * as queries from '../documents/queries';
import { uploadInspection } from '../documents/uploads';
import type { JobHandler } from './worker';

/** Removes what nobody can reach any more: bytes first, then the row that knows of them. */
export const purgeFiles: JobHandler<'files-purge'> = async ({ app, adapters: { storage } }) => {
  for (const document of await queries.listPurgeable(app.db)) {
    for (const page of await queries.listPages(app.db, document.id)) {
      if (page.imageKey) await storage.delete(page.imageKey);
    }
    await storage.delete(document.storageKey);
    await queries.deleteDocumentRow(app.db, document.id);
  }
  for (const upload of await queries.listStaleUploads(app.db)) {
    const inspection = uploadInspection.safeParse(upload.inspection);
    if (inspection.success && inspection.data.firstImageKey)
      await storage.delete(inspection.data.firstImageKey);
    await storage.delete(upload.id);
    await queries.deleteUpload(app.db, upload.id);
  }
};
