import type { Executor } from '@/db/client';
import type { App } from '../app';
import { AppError } from '../errors';
import { distinctName } from './names';
import * as queries from './queries/folders';

export type Folder = queries.FolderRow;
type Asking = Pick<App, 'db' | 'newId'>;

/** As deep as folders lie in folders, and how many one person has. */
const MAX_DEPTH = 20;
const MAX_FOLDERS = 5000;

/** The folder if it is theirs. @throws AppError NOT_FOUND */
export async function requireFolder(db: Executor, ownerId: string, id: string): Promise<Folder> {
  const folder = await queries.findFolder(db, ownerId, id);
  if (!folder) throw new AppError('NOT_FOUND');
  return folder;
}

/** @throws AppError NOT_FOUND, NAME_TAKEN, FOLDERS_FULL */
export function createFolder(
  app: Asking,
  ownerId: string,
  { name, parentId }: { name: string; parentId: string | null },
): Promise<Folder> {
  return app.db.transaction(async (tx) => {
    await queries.lockLibrary(tx, ownerId);
    if ((await queries.countFolders(tx, ownerId)) >= MAX_FOLDERS) throw new AppError('FOLDERS_FULL');
    await requirePlace(tx, ownerId, { parentId, height: 1 });
    if ((await siblingNames(tx, ownerId, parentId)).has(name.toLowerCase())) throw new AppError('NAME_TAKEN');
    const folder = { id: app.newId(), parentId, name };
    await queries.insertFolder(tx, { ...folder, ownerId });
    return folder;
  });
}

/** @throws AppError NOT_FOUND, NAME_TAKEN */
export function renameFolder(app: Pick<App, 'db'>, ownerId: string, id: string, name: string): Promise<void> {
  return app.db.transaction(async (tx) => {
    await queries.lockLibrary(tx, ownerId);
    const folder = await requireFolder(tx, ownerId, id);
    if ((await siblingNames(tx, ownerId, folder.parentId, id)).has(name.toLowerCase()))
      throw new AppError('NAME_TAKEN');
    await queries.updateFolder(tx, ownerId, id, { name });
  });
}

/**
 * Puts a folder into another one, or at the top. A name that is taken there gets a number. Under the library's lock.
 * @throws AppError NOT_FOUND, FOLDER_IN_ITSELF, FOLDERS_FULL
 */
export async function moveFolder(
  tx: Executor,
  ownerId: string,
  id: string,
  parentId: string | null,
): Promise<void> {
  const folder = await requireFolder(tx, ownerId, id);
  if (folder.parentId === parentId) return;
  const above = parentId === null ? [] : await queries.folderPath(tx, ownerId, parentId);
  if (above.some((step) => step.id === id)) throw new AppError('FOLDER_IN_ITSELF');
  await requirePlace(tx, ownerId, { parentId, height: await queries.folderHeight(tx, id) });
  const name = distinctName(folder.name, await siblingNames(tx, ownerId, parentId, id));
  await queries.updateFolder(tx, ownerId, id, { name, parentId });
}

/**
 * Brings back a folder with what was deleted with it: where it was, or at the top when that is gone. Under the library's lock.
 * @throws AppError NOT_FOUND
 */
export async function restoreFolder(tx: Executor, ownerId: string, id: string): Promise<void> {
  const folder = await queries.findDeletedFolder(tx, ownerId, id);
  // Brought back already: that is what was wanted.
  if (!folder) return void (await requireFolder(tx, ownerId, id));
  const place = folder.parentId === null ? null : await queries.findFolder(tx, ownerId, folder.parentId);
  const parentId = place?.id ?? null;
  const name = distinctName(folder.name, await siblingNames(tx, ownerId, parentId));
  await queries.restoreFolderTree(tx, ownerId, { id, name, parentId });
}

/** There is such a place, and what goes there does not lie too deep. */
async function requirePlace(
  tx: Executor,
  ownerId: string,
  { parentId, height }: { parentId: string | null; height: number },
): Promise<void> {
  if (parentId === null) return;
  const path = await queries.folderPath(tx, ownerId, parentId);
  if (path.length === 0) throw new AppError('NOT_FOUND');
  if (path.length + height > MAX_DEPTH) throw new AppError('FOLDERS_FULL');
}

async function siblingNames(
  tx: Executor,
  ownerId: string,
  parentId: string | null,
  except?: string,
): Promise<Set<string>> {
  const siblings = await queries.listFolders(tx, ownerId, parentId);
  return new Set(siblings.flatMap(({ id, name }) => (id === except ? [] : [name.toLowerCase()])));
}
