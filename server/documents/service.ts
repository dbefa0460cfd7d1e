import type { App } from '../app';
import { AppError } from '../errors';
import { addressExpiry, fileAddress } from '../files/address';
import { isBeginningThere } from './playback';
import * as queries from './queries';

export { HEAD_BYTES, judgeFile, TAIL_BYTES } from './file-check';
export {
  deleteDocumentRow,
  deleteUpload,
  findDocument,
  findUpload,
  listPages,
  listPurgeable,
  listStaleUploads,
  setInspection,
} from './queries';
export { type ExportRow, findExport, purgeExports, updateExport } from './export-rows';
export { purgeFolders } from './queries/folders';
export { announcedFile, announceUpload } from './announce';
export { findWords, MAX_PAGES_AT_ONCE, readPages } from './pages';
export { requireSpace } from './quota';
export {
  applyFile,
  applyPages,
  convertNext,
  failConversion,
  findSource,
  keysOf,
  notePagesDone,
  notePagesUnreadable,
  retryDocument,
  savePage,
  type Source,
} from './conversion';
export { mediaKeysOf } from './media-keys';
export { outputKey } from './output-key';
export { sniffFile } from './sniff';
export { listPlayable } from './playable';
export { readCues, writeVtt } from './caption-text';
export {
  addCaptions,
  findCaptionsFile,
  joinCaptions,
  nameCaptions,
  readCaptions,
  removeCaptions,
  saveCaptions,
} from './captions';
export { readPlayback } from './playback';
export {
  applyMedia,
  findMediaFile,
  finishMedia,
  forgetParts,
  savePart,
  savePoster,
  saveWaveform,
} from './playback-work';
export { encodeAll, planPlayback, playsByType } from './playback-plan';
export { readPlaylist } from './playlist';
export { completeUpload, documentOfUpload, type UploadInspection } from './uploads';

export type RoomDocument = { title: string; pageCount: number; version: number; plays?: true };

/**
 * What opening or playing a document in a room needs to know. Null when there is no such document, when it is not ready or has
 * nothing to show, or when this person may not show it in this room: people show what is theirs, and staff also what
 * is the course owner's.
 */
export async function documentForRoom(
  app: Pick<App, 'db'>,
  { documentId, roomId, userId }: { documentId: string; roomId: string; userId: string | null },
): Promise<RoomDocument | null> {
  if (!userId) return null;
  const document = await queries.findDocument(app.db, documentId);
  const plays = document?.kind === 'media';
  if (!document || !(document.status === 'ready' || (plays && (await isBeginningThere(app, document))))) {
    return null;
  }
  if (document.pageCount < 1 && !plays) return null;
  const mayShow =
    document.ownerId === userId ||
    (await queries.isStaffOfOwner(app.db, { roomId, userId, ownerId: document.ownerId }));
  const { name: title, pageCount, version } = document;
  return mayShow ? { title, pageCount, version, ...(plays && { plays }) } : null;
}

type Reading = Pick<App, 'db' | 'env'>;

/**
 * The address of what pdf.js reads: the original, or the PDF that it was converted to. As a download always the original. For a
 * reader whose right was checked.
 * @throws AppError NOT_FOUND
 */
export async function readOriginal(app: Reading, documentId: string, now: number, download = false) {
  const document = await queries.findDocument(app.db, documentId);
  if (!document) throw new AppError('NOT_FOUND');
  const addressesEnd = addressExpiry(now);
  const { pagesKey, pagesBytes } = document;
  const pdf = !download && pagesKey && pagesBytes !== null ? { key: pagesKey, bytes: pagesBytes } : null;
  const grant = {
    key: pdf?.key ?? document.storageKey,
    mimeType: pdf ? 'application/pdf' : document.mimeType,
    downloadName: download ? document.name : null,
  };
  return {
    url: fileAddress(app.env, grant, addressesEnd),
    bytes: pdf?.bytes ?? document.bytes,
    addressesEnd,
  };
}

/** @throws AppError NOT_FOUND for a document that is not theirs: whether it exists is nobody else's business */
export async function requireOwnDocument(
  app: Pick<App, 'db'>,
  ownerId: string,
  documentId: string,
): Promise<void> {
  if (!(await isOwn(app, documentId, ownerId))) throw new AppError('NOT_FOUND');
}

/** Whether this account owns the document. */
export async function isOwn(app: Pick<App, 'db'>, documentId: string, userId: string): Promise<boolean> {
  const document = await queries.findDocument(app.db, documentId);
  return document?.ownerId === userId;
}

/** @throws AppError NOT_FOUND */
export async function renameDocument(
  app: Pick<App, 'db'>,
  id: string,
  ownerId: string,
  name: string,
): Promise<void> {
  if (!(await queries.renameOwn(app.db, id, ownerId, name))) throw new AppError('NOT_FOUND');
}
