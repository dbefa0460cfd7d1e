import * as documents from '../documents/service';
import type { JobHandler } from './worker';

/** Removes what nobody can reach any more: bytes first, then the row that knows of them. */
export const purgeFiles: JobHandler<'files-purge'> = async ({ app, adapters: { storage } }) => {
  for (const document of await documents.listPurgeable(app.db)) {
    for (const page of await documents.listPages(app.db, document.id)) {
      if (page.imageKey) await storage.delete(page.imageKey);
    }
    await storage.delete(document.storageKey);
    await documents.deleteDocumentRow(app.db, document.id);
  }
  for (const upload of await documents.listStaleUploads(app.db)) {
    const inspection = documents.uploadInspection.safeParse(upload.inspection);
    if (inspection.success && inspection.data.firstImageKey)
      await storage.delete(inspection.data.firstImageKey);
    await storage.delete(upload.id);
    await documents.deleteUpload(app.db, upload.id);
  }
  await documents.purgeFolders(app.db);
};
