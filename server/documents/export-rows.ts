import type { Storage } from '../adapters/storage/port';
import type { App } from '../app';
import { deleteExports, listOldExports } from './queries/exports';

export { type ExportRow, findExport, updateExport } from './queries/exports';

/** Removes exports of yesterday: bytes first, then the row that knows of them. */
export async function purgeExports(app: Pick<App, 'db'>, storage: Storage): Promise<void> {
  const old = await listOldExports(app.db);
  for (const { storageKey } of old) if (storageKey) await storage.delete(storageKey);
  await deleteExports(
    app.db,
    old.map(({ id }) => id),
  );
}
