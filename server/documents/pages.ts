import { foldText } from '@/room/fold-text';
import type { App } from '../app';
import { AppError } from '../errors';
import { addressExpiry, fileAddress } from '../files/address';
import { findDocument } from './queries';
import { countUnreadPages, findOnPages, listPagesBetween } from './queries/pages';

type Reading = Pick<App, 'db' | 'env'>;

/** Pages of one answer. A document of 10,000 pages is read as its pages are looked at. */
export const MAX_PAGES_AT_ONCE = 1000;

/**
 * Pages of a document, from `from` (counted from 1) at most `count`: sizes in PDF points, and the addresses of the pictures that are made
 * already. Whoever calls has found out that its reader may see the document.
 * @throws AppError NOT_FOUND
 */
export async function readPages(
  app: Reading,
  documentId: string,
  now: number,
  { from = 1, count = MAX_PAGES_AT_ONCE }: { from?: number; count?: number } = {},
) {
  const document = await findDocument(app.db, documentId);
  if (!document) throw new AppError('NOT_FOUND');
  const addressesEnd = addressExpiry(now);
  const pages = await listPagesBetween(app.db, documentId, from, from + count - 1);
  const picture = (key: string | null) =>
    key && fileAddress(app.env, { key, mimeType: 'image/webp', downloadName: null }, addressesEnd);
  return {
    title: document.name,
    /** Whether there is a PDF behind the pictures, for text, links and a sharper page. */
    hasPdf: document.pagesKey !== null || document.mimeType === 'application/pdf',
    version: document.version,
    pageCount: document.pageCount,
    addressesEnd,
    from,
    pages: pages.map(({ width, height, imageKey, thumbnailKey }) => ({
      width,
      height,
      picture: picture(imageKey),
      thumbnail: picture(thumbnailKey),
    })),
  };
}

/**
 * On which pages words stand, and how often. `complete` is false while there are pages whose text nobody has read: then what
 * is found is not all there is.
 * @throws AppError NOT_FOUND
 */
export async function findWords(app: Reading, documentId: string, words: string) {
  if (!(await findDocument(app.db, documentId))) throw new AppError('NOT_FOUND');
  const folded = foldText(words);
  const unread = await countUnreadPages(app.db, documentId);
  return { pages: folded ? await findOnPages(app.db, documentId, folded) : [], complete: unread === 0 };
}
