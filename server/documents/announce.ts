import { z } from 'zod';
import type { Executor } from '@/db/client';
import type { App } from '../app';
import { AppError } from '../errors';
import { enqueue } from '../jobs/queue';
import { MAX_FILE_BYTES } from './file-check';
import { cleanFileName } from './names';
import * as queries from './queries';
import { findFolder, lockLibrary } from './queries/folders';
import { findUploadOf } from './queries/quota';
import { requireSpace } from './quota';

/** What the browser announces; the fingerprint finds the same file for the same place again after a reload. */
export const announcedFile = z.object({
  name: z.string().min(1).max(4000).transform(cleanFileName),
  size: z.number().int().nonnegative(),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  /** Where it will lie. A folder that is gone is the top: what is being sent is not lost with it. */
  folderId: z.uuid().nullable().default(null),
  /** The document whose file it takes the place of. */
  replaces: z.uuid().nullable().default(null),
});
type Announced = z.infer<typeof announcedFile>;

/**
 * Begins an upload, or finds the one that was begun with the same file.
 * @returns the upload's id: the document's, once it is one
 * @throws AppError FILE_EMPTY, FILE_TOO_LARGE, QUOTA_REACHED; NOT_FOUND for a document to replace that is not theirs
 */
export async function announceUpload(
  app: Pick<App, 'db' | 'env' | 'newId'>,
  userId: string,
  file: Announced,
): Promise<string> {
  if (file.size === 0) throw new AppError('FILE_EMPTY');
  if (file.size > MAX_FILE_BYTES)
    throw new AppError('FILE_TOO_LARGE', { maxMegabytes: MAX_FILE_BYTES / 1024 / 1024 });
  return app.db.transaction(async (tx) => {
    // Several files are announced at once: they do not all see the same free space.
    await lockLibrary(tx, userId);
    const begun = await findUploadOf(tx, userId, file.fingerprint, file.size);
    await requireSpace({ db: tx, env: app.env }, userId, begun ? 0 : file.size);
    const place = await placeOf(tx, userId, file);
    const upload = await queries.beginUpload(tx, {
      id: app.newId(),
      userId,
      fingerprint: file.fingerprint,
      name: file.name,
      bytes: file.size,
      ...place,
    });
    return upload.id;
  });
}

/** Gives an upload up: it takes no space any more, and what was sent of it is removed. One that is not there is given up already. */
export async function withdrawUpload(
  app: Pick<App, 'db'>,
  userId: string,
  { fingerprint, size }: Pick<Announced, 'fingerprint' | 'size'>,
): Promise<void> {
  await app.db.transaction(async (tx) => {
    const upload = await findUploadOf(tx, userId, fingerprint, size);
    if (!upload) return;
    await queries.deleteUpload(tx, upload.id);
    // What is still on its way when the line is cut comes within moments.
    await enqueue(app, tx, 'files-drop', { keys: [upload.id] }, { afterSeconds: 30 });
  });
}

async function placeOf(tx: Executor, userId: string, { folderId, replaces }: Announced) {
  if (replaces) {
    const old = await queries.findDocument(tx, replaces);
    if (old?.ownerId !== userId) throw new AppError('NOT_FOUND');
  }
  const folder = folderId && (await findFolder(tx, userId, folderId));
  return { replaces, folderId: folder ? folder.id : null };
}
