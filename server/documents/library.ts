import { z } from 'zod';
import type { App } from '../app';
import { AppError } from '../errors';
import { addressExpiry, fileAddress } from '../files/address';
import { moveFolder, requireFolder, restoreFolder } from './folders';
import { isInWork } from './queries/conversion';
import * as folders from './queries/folders';
import * as queries from './queries/library';

type Reading = Pick<App, 'db' | 'env'>;

/** How many files one answer lists. */
const PAGE = 100;
const LOUDNESS_LENGTH = 64;

export const listingInput = z.strictObject({
  /** Null: the top. A search looks everywhere. */
  folderId: z.uuid().nullable().default(null),
  search: z.string().trim().max(200).default(''),
  sort: z.enum(['name', 'newest', 'largest']).default('newest'),
  after: z
    .strictObject({ key: z.string().max(1000), id: z.uuid() })
    .nullable()
    .default(null),
});

/** A number of files and folders of one library. */
export const itemsInput = z.strictObject({
  documentIds: z.array(z.uuid()).max(1000).default([]),
  folderIds: z.array(z.uuid()).max(1000).default([]),
});
type Items = z.infer<typeof itemsInput>;

/**
 * A page of somebody's library: the folders (with its first page) and files of one folder, or what a search finds anywhere. Addresses
 * hold until `addressesEnd` (ms since the epoch).
 * @throws AppError NOT_FOUND for a folder that is not theirs
 */
export async function listLibrary(
  app: Reading,
  ownerId: string,
  { folderId, search, sort, after }: z.infer<typeof listingInput>,
  now: number,
) {
  const listing = { ownerId, sort, after, limit: PAGE + 1 };
  const words = wordsOf(search);
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const path = folderId === null ? [] : await folders.folderPath(app.db, ownerId, folderId);
  if (folderId !== null && path.length === 0) throw new AppError('NOT_FOUND');
  const [inside, found] = await Promise.all([
    after
      ? []
      : search
        ? folders.searchFolders(app.db, ownerId, pattern)
        : folders.listFolders(app.db, ownerId, folderId),
    search
      ? queries.searchDocuments(app.db, { pattern, words }, listing)
      : queries.listDocuments(app.db, folderId, listing),
  ]);
  const rows = found.slice(0, PAGE);
  const last = found.length > PAGE ? rows.at(-1) : undefined;
  const hits =
    words === null
      ? null
      : await queries.firstHits(
          app.db,
          rows.map(({ id }) => id),
          words,
        );
  return {
    path: path.map(({ id, name }) => ({ id, name })),
    folders: inside.map(({ id, name }) => ({ id, name })),
    next: last ? { key: last.sortKey, id: last.id } : null,
    ...(await view(app, rows, now, hits)),
  };
}

/** These files as they stand now: asked again and again while one of them is in work. Those that are gone are left out. */
export async function readStates(app: Reading, ownerId: string, documentIds: readonly string[], now: number) {
  if (documentIds.length === 0) return view(app, [], now, null);
  return view(app, await queries.listByIds(app.db, ownerId, documentIds), now, null);
}

async function view(
  app: Reading,
  rows: readonly queries.LibraryRow[],
  now: number,
  hits: Map<string, number> | null,
) {
  const addressesEnd = addressExpiry(now);
  const waiting = rows.filter(({ status, pagesDone }) => isInWork(status) && pagesDone === null);
  const ahead = await queries.placesInLine(
    app.db,
    waiting.map(({ id }) => id),
  );
  const documents = rows.map(({ thumbnailKey, createdAt, waveform, sortKey: _sortKey, ...row }) => ({
    ...row,
    createdAt: createdAt.getTime(),
    thumbnail:
      thumbnailKey &&
      fileAddress(app.env, { key: thumbnailKey, mimeType: 'image/webp', downloadName: null }, addressesEnd),
    /** How loud a sound is from beginning to end, 0 to 1, in as many values as a small picture shows; null for anything else. */
    loudness: waveform && waveform.length > 0 ? inSpans(waveform, LOUDNESS_LENGTH) : null,
    /** How many files are worked on before this one; null where none waits. */
    ahead: ahead.get(row.id) ?? null,
    /** The first page on which what was searched for stands. */
    foundOn: hits?.get(row.id) ?? null,
  }));
  return { documents, addressesEnd };
}

/** The largest value of each of so many spans. */
function inSpans(values: readonly number[], count: number): number[] {
  const edge = (span: number) => Math.floor((span * values.length) / count);
  if (values.length <= count) return [...values];
  return Array.from({ length: count }, (_, span) => Math.max(...values.slice(edge(span), edge(span + 1))));
}

/** What was typed, for `to_tsquery`: every word, each as the beginning of one. Null where there is none. */
function wordsOf(search: string): string | null {
  const words = search.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu);
  return words && words.map((word) => `${word}:*`).join(' & ');
}

/** Where things can be moved: every folder. */
export function listFolders(app: Pick<App, 'db'>, ownerId: string): Promise<folders.FolderRow[]> {
  return folders.listAllFolders(app.db, ownerId);
}

/**
 * Puts files and folders into a folder, or at the top: all or nothing.
 * @throws AppError NOT_FOUND, FOLDER_IN_ITSELF, FOLDERS_FULL
 */
export function moveItems(
  app: Pick<App, 'db'>,
  ownerId: string,
  { documentIds, folderIds }: Items,
  to: string | null,
): Promise<void> {
  return app.db.transaction(async (tx) => {
    await folders.lockLibrary(tx, ownerId);
    if (to !== null) await requireFolder(tx, ownerId, to);
    for (const id of folderIds) await moveFolder(tx, ownerId, id, to);
    const moved = await queries.moveDocuments(tx, ownerId, documentIds, to);
    if (moved < new Set(documentIds).size) throw new AppError('NOT_FOUND');
  });
}

/** Deletes files and folders with all that is in them. They can be brought back for a day. @throws AppError NOT_FOUND */
export function deleteItems(
  app: Pick<App, 'db'>,
  ownerId: string,
  { documentIds, folderIds }: Items,
): Promise<void> {
  return app.db.transaction(async (tx) => {
    await folders.lockLibrary(tx, ownerId);
    // Files first: one that lies in one of the folders is deleted at the same instant, and comes back with it.
    const gone = await queries.deleteDocuments(tx, ownerId, documentIds);
    if (gone < new Set(documentIds).size) throw new AppError('NOT_FOUND');
    for (const id of folderIds) {
      if (!(await folders.deleteFolderTree(tx, ownerId, id))) throw new AppError('NOT_FOUND');
    }
  });
}

/** Undoes `deleteItems`. @throws AppError NOT_FOUND where it is too late */
export function restoreItems(
  app: Pick<App, 'db'>,
  ownerId: string,
  { documentIds, folderIds }: Items,
): Promise<void> {
  return app.db.transaction(async (tx) => {
    await folders.lockLibrary(tx, ownerId);
    for (const id of folderIds) await restoreFolder(tx, ownerId, id);
    await queries.restoreDocuments(tx, ownerId, documentIds);
    const there = await queries.listByIds(tx, ownerId, documentIds);
    if (there.length < new Set(documentIds).size) throw new AppError('NOT_FOUND');
  });
}
