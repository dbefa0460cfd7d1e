import path from 'node:path';
import { sweepWorkFolder } from '../adapters/sandbox/work-folder';
import * as documents from '../documents/service';
import type { JobHandler } from './worker';

/** Removes what nobody can reach any more: bytes first, then the row that knows of them. */
export const purgeFiles: JobHandler<'files-purge'> = async ({ app, adapters: { storage } }) => {
  for (const document of await documents.listPurgeable(app.db)) {
    const pages = await documents.listPages(app.db, document.id);
    const keys = [...documents.keysOf(document, pages), ...(await documents.mediaKeysOf(app.db, document))];
    for (const key of keys) await storage.delete(key);
    await documents.deleteDocumentRow(app.db, document.id);
  }
  for (const upload of await documents.listStaleUploads(app.db)) {
    await storage.delete(upload.id);
    await documents.deleteUpload(app.db, upload.id);
  }
  await documents.purgeExports(app, storage);
  await documents.purgeFolders(app.db);
  await storage.sweep(Date.now());
  await sweepWorkFolder(path.join(app.env.LECTERN_STATE_DIR, 'work'), Date.now());
};
