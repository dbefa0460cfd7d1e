import type { App } from '../app';
import { AppError } from '../errors';
import { addressExpiry, fileAddress } from '../files/address';
import { mayEditCourse } from './policy';
import * as queries from './queries/materials';
import { getCourse, requireCourse } from './service';

const MAX_MATERIALS = 500;
/** The address that a download is sent to holds this long: long enough to begin it. */
const DOWNLOAD_MS = 2 * 60_000;

/** The files that belong to a course, for everybody in it. Addresses of pictures hold for some minutes. @throws AppError NOT_FOUND */
export async function readMaterials(app: App, userId: string, courseId: string) {
  await getCourse(app, userId, courseId);
  const end = addressExpiry(Date.now());
  return (await queries.listMaterials(app.db, courseId)).map(
    ({ thumbnailKey, storageKey: _storageKey, ...row }) => ({
      ...row,
      thumbnail:
        thumbnailKey &&
        fileAddress(app.env, { key: thumbnailKey, mimeType: 'image/webp', downloadName: null }, end),
    }),
  );
}

/**
 * Puts files of one's own library to a course's materials.
 * @throws AppError NOT_FOUND for a file that is not theirs, NOT_ALLOWED; BAD_INPUT `{field: 'documentIds', reason: 'tooMany'}` beyond 500
 */
export async function addMaterials(
  app: App,
  userId: string,
  { courseId, documentIds }: { courseId: string; documentIds: readonly string[] },
): Promise<void> {
  await requireCourse(app, userId, courseId, mayEditCourse);
  const own = await queries.ownDocuments(app.db, userId, documentIds);
  if (own.length < new Set(documentIds).size) throw new AppError('NOT_FOUND');
  if ((await queries.countMaterials(app.db, courseId)) + own.length > MAX_MATERIALS) {
    throw new AppError('BAD_INPUT', { field: 'documentIds', reason: 'tooMany' });
  }
  await queries.insertMaterials(app.db, courseId, own);
}

/** Takes a file out of a course's materials; it stays in the library. @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function removeMaterial(
  app: App,
  userId: string,
  { courseId, documentId }: { courseId: string; documentId: string },
): Promise<void> {
  await requireCourse(app, userId, courseId, mayEditCourse);
  await queries.deleteMaterial(app.db, courseId, documentId);
}

/** A short-lived address of a file as it was uploaded, for somebody in the course. @throws AppError NOT_FOUND */
export async function downloadMaterial(
  app: App,
  userId: string,
  { courseId, documentId }: { courseId: string; documentId: string },
): Promise<{ url: string }> {
  await getCourse(app, userId, courseId);
  const found = (await queries.listMaterials(app.db, courseId)).find(({ id }) => id === documentId);
  if (!found) throw new AppError('NOT_FOUND');
  const grant = { key: found.storageKey, mimeType: found.mimeType, downloadName: found.name };
  return { url: fileAddress(app.env, grant, Date.now() + DOWNLOAD_MS) };
}
