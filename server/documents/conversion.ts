import type { Executor } from '@/db/client';
import type { OfficeFormat } from '../adapters/convert/port';
import type { App } from '../app';
import { AppError, type ErrorCode } from '../errors';
import { enqueue } from '../jobs/queue';
import { notify } from '../notifications/service';
import { type DocumentRow, findDocument, listPages, type PageRow } from './queries';
import { mediaKeysOf } from './media-keys';
import { outputKey } from './output-key';
import * as queries from './queries/conversion';
import { clearMedia, findMedia } from './queries/playback';

/** A file that is being worked on, for the document that it is or will be. */
export type Source = { documentId: string; storageKey: string; bytes: number; name: string };

/** A document is shown once this many of its pages are drawn; the rest follows. */
export const READY_AT_PAGES = 50;

/** The file of a document that waits for being worked on; null when there is nothing to do. */
export async function findSource(app: Pick<App, 'db'>, documentId: string): Promise<Source | null> {
  const document = await findDocument(app.db, documentId);
  if (!document || !queries.isInWork(document.status)) return null;
  const { storageKey, bytes } = document.replacement ?? document;
  return { documentId, storageKey, bytes, name: document.name };
}

/** Every key under which something of a document may lie. */
export function keysOf(document: DocumentRow, pages: readonly PageRow[]): string[] {
  const { storageKey, pagesKey, replacement } = document;
  const keys = [storageKey, outputKey(storageKey, 'pdf'), pagesKey, replacement?.storageKey];
  for (const { page, imageKey, thumbnailKey } of pages) {
    keys.push(
      imageKey,
      thumbnailKey,
      outputKey(storageKey, 'page', page),
      outputKey(storageKey, 'thumbnail', page),
    );
  }
  return [...new Set(keys.filter((key) => typeof key === 'string'))];
}

/** What was found out: the file is made into a PDF next, when it is its turn. */
export async function convertNext(
  app: Pick<App, 'db'>,
  source: Source,
  found: { mimeType: string; format: OfficeFormat; notes: string[] },
): Promise<void> {
  await app.db.transaction(async (tx) => {
    const document = await queries.lockInWork(tx, source.documentId, source.storageKey);
    if (!document || document.status === 'converting') return;
    const { mimeType, notes, format } = found;
    await queries.updateDocument(tx, document.id, {
      status: 'converting',
      pagesDone: null,
      pagesTotal: null,
      ...(document.replacement ? {} : { mimeType, notes }),
    });
    await enqueue(app, tx, 'document-convert', { documentId: document.id, format, mimeType, notes });
  });
}

export type MadePages = {
  mimeType: string;
  /** Sizes in PDF points. */
  sizes: readonly (readonly [width: number, height: number])[];
  /** The PDF whose pages they are; null for a picture. */
  pdf: { key: string; bytes: number } | null;
  /** The first page, where it has been drawn. */
  first: { text: string } | null;
  notes: string[];
};

/**
 * Gives a document its pages. What is shown as it is can be shown at once; what was converted waits until its first pages are drawn. A file that
 * takes another's place does so here, and the other is removed.
 * @returns false when this file is not wanted any more
 */
export async function applyPages(app: Pick<App, 'db'>, source: Source, made: MadePages): Promise<boolean> {
  const { documentId, storageKey } = source;
  return app.db.transaction(async (tx) => {
    const document = await queries.lockInWork(tx, documentId, storageKey);
    if (!document) return false;
    await dropReplaced(app, tx, document);
    const total = made.sizes.length;
    const done = made.first ? 1 : 0;
    const shownAsItIs = made.pdf === null || made.pdf.key === storageKey;
    await queries.updateDocument(tx, documentId, {
      ...taken(document, source),
      kind: 'pages',
      mimeType: made.mimeType,
      notes: made.notes,
      pagesKey: made.pdf?.key ?? null,
      pagesBytes: made.pdf?.bytes ?? null,
      pageCount: total,
      pagesDone: done,
      pagesTotal: total,
      status: shownAsItIs || done >= total ? 'ready' : 'converting',
    });
    await queries.setPages(
      tx,
      documentId,
      made.sizes.map(([width, height], index) => ({
        documentId,
        page: index + 1,
        width,
        height,
        ...(index === 0 && made.first
          ? { ...picturesOf(storageKey, 1), text: storable(made.first.text) }
          : {}),
      })),
    );
    // Somebody is about to show the first pages: they go before the rest of other documents.
    if (made.pdf && done < total) await enqueue(app, tx, 'document-pages', { documentId }, { priority: 1 });
    return true;
  });
}

/**
 * A file that has no pages: it is played, or kept and handed out. False when it is not wanted any more.
 * @param also  what is to be noted of it as well, at the same instant
 */
export async function applyFile(
  app: Pick<App, 'db'>,
  source: Source,
  {
    status = 'ready',
    ...found
  }: { kind: 'media' | 'file'; mimeType: string; status?: 'ready' | 'converting' },
  also?: (tx: Executor) => Promise<void>,
): Promise<boolean> {
  return app.db.transaction(async (tx) => {
    const document = await queries.lockInWork(tx, source.documentId, source.storageKey);
    if (!document) return false;
    await dropReplaced(app, tx, document);
    await queries.updateDocument(tx, document.id, {
      ...taken(document, source),
      ...found,
      notes: [],
      ...{ pagesKey: null, pagesBytes: null, pageCount: 0, pagesDone: null, pagesTotal: null },
      status,
    });
    await queries.setPages(tx, document.id, []);
    await also?.(tx);
    return true;
  });
}

function taken(document: DocumentRow, { storageKey, bytes }: Source) {
  const version = document.replacement ? document.version + 1 : document.version;
  return { storageKey, bytes, version, replacement: null, failure: null };
}

/** What is there makes room for what comes. */
async function dropReplaced(app: Pick<App, 'db'>, tx: Executor, document: DocumentRow): Promise<void> {
  const { replacement } = document;
  if (!replacement) return;
  const keys = [
    ...keysOf({ ...document, replacement: null }, await listPages(tx, document.id)),
    ...(await mediaKeysOf(tx, document)),
  ];
  await clearMedia(tx, document.id);
  // Who is looking at the old pages has heard of the new ones by then.
  await enqueue(app, tx, 'files-drop', { keys }, { afterSeconds: 60 });
  await enqueue(app, tx, 'document-replaced', { documentId: document.id });
}

/**
 * Notes a page that was read, and what was drawn of it and stored under `outputKey`; `drawn` is null where it cannot be drawn. False when it is
 * not wanted any more.
 */
export function savePage(
  app: Pick<App, 'db'>,
  document: Pick<DocumentRow, 'id' | 'storageKey'>,
  { page, text, drawn }: { page: number; text: string; drawn: object | null },
): Promise<boolean> {
  const { storageKey } = document;
  return queries.setPage(app.db, document, page, {
    ...(drawn && picturesOf(storageKey, page)),
    text: storable(text),
  });
}

/** Notes that nothing can be read on these pages, where nobody has: no more will come of them. */
export function notePagesUnreadable(
  app: Pick<App, 'db'>,
  document: Pick<DocumentRow, 'id' | 'storageKey'>,
  range: { first: number; last: number },
): Promise<void> {
  return queries.setUnreadable(app.db, document, range);
}

const picturesOf = (storageKey: string, page: number) => ({
  imageKey: outputKey(storageKey, 'page', page),
  thumbnailKey: outputKey(storageKey, 'thumbnail', page),
});

/** Postgres takes every character but NUL, and no halves of one. */
const storable = (text: string) => text.replaceAll('\0', '').toWellFormed();

/** How far the drawing has come. */
export function notePagesDone(
  app: Pick<App, 'db'>,
  document: Pick<DocumentRow, 'id' | 'storageKey' | 'pageCount'>,
  done: number,
): Promise<void> {
  return queries.setPagesDone(app.db, document, done, Math.min(document.pageCount, READY_AT_PAGES));
}

/**
 * Ends the work on a file that cannot be shown. A document that had another file keeps that one, and says why it has no new one.
 */
export async function failConversion(
  app: Pick<App, 'db'>,
  { documentId, storageKey }: Pick<Source, 'documentId' | 'storageKey'>,
  failure: ErrorCode,
): Promise<void> {
  await app.db.transaction(async (tx) => {
    const document = await queries.lockInWork(tx, documentId, storageKey);
    if (!document) return;
    const { replacement } = document;
    if (replacement)
      await enqueue(app, tx, 'files-drop', {
        keys: [replacement.storageKey, outputKey(storageKey, 'pdf')],
      });
    const hasAnother = replacement !== null && (document.pageCount > 0 || document.kind !== 'pages');
    // The film that was to be replaced was still being made playable: that begins anew.
    const unfinished = hasAnother && (await findMedia(tx, documentId))?.complete === false;
    if (unfinished) await enqueue(app, tx, 'document-check', { documentId });
    await queries.updateDocument(tx, documentId, {
      status: unfinished ? 'checking' : hasAnother ? 'ready' : 'failed',
      failure,
      replacement: null,
      ...(hasAnother ? { pagesDone: document.pageCount, pagesTotal: document.pageCount } : {}),
    });
    const facts = { name: document.name };
    const key = `file-failed:${documentId}:${storageKey}`;
    await notify(tx, [document.ownerId], { kind: 'file-failed', courseId: null, facts, key });
  });
}

/**
 * Works once more on a file that failed.
 * @throws AppError NOT_FOUND for a document that is not theirs or did not fail
 */
export async function retryDocument(
  app: Pick<App, 'db'>,
  documentId: string,
  ownerId: string,
): Promise<void> {
  await app.db.transaction(async (tx) => {
    const document = await queries.lockDocument(tx, documentId);
    if (document?.ownerId !== ownerId || document.status !== 'failed') throw new AppError('NOT_FOUND');
    await queries.updateDocument(tx, documentId, {
      status: 'checking',
      failure: null,
      pagesDone: null,
      pagesTotal: null,
    });
    await enqueue(app, tx, 'document-check', { documentId });
  });
}
