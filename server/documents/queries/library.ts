import { and, asc, desc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Executor } from '@/db/client';
import { documentLinks, documentMedia, documentPages, documents } from '@/db/schema';
import { kept } from './kept';

export type Sort = 'name' | 'newest' | 'largest';
/** Where a page of a listing ended: the next one begins after it. */
export type Cursor = { key: string; id: string };

/** What each order goes by, as text that Postgres reads back as it was, and which way. */
const ORDERS = {
  name: { key: sql`lower(${documents.name})`, type: sql`text`, down: false },
  newest: { key: sql`${documents.createdAt}`, type: sql`timestamptz`, down: true },
  largest: { key: sql`${documents.bytes}`, type: sql`bigint`, down: true },
};

const row = {
  id: documents.id,
  folderId: documents.folderId,
  name: documents.name,
  kind: documents.kind,
  mimeType: documents.mimeType,
  bytes: documents.bytes,
  status: documents.status,
  pageCount: documents.pageCount,
  pagesDone: documents.pagesDone,
  pagesTotal: documents.pagesTotal,
  notes: documents.notes,
  failure: documents.failure,
  version: documents.version,
  createdAt: documents.createdAt,
  thumbnailKey: sql<
    string | null
  >`coalesce(${documentPages.thumbnailKey}, ${documentPages.imageKey}, ${documentMedia.posterKey})`,
  /** Of what plays: whether there are pictures, how long it lasts, how loud it is. */
  video: documentMedia.video,
  durationMs: documentMedia.durationMs,
  waveform: documentMedia.waveform,
  shared: sql<boolean>`${documentLinks.documentId} is not null`,
};

function selectRows(db: Executor, order: (typeof ORDERS)[Sort]) {
  return db
    .select({ ...row, sortKey: sql<string>`${order.key}::text` })
    .from(documents)
    .leftJoin(documentPages, and(eq(documentPages.documentId, documents.id), eq(documentPages.page, 1)))
    .leftJoin(documentMedia, eq(documentMedia.documentId, documents.id))
    .leftJoin(
      documentLinks,
      and(eq(documentLinks.documentId, documents.id), isNull(documentLinks.revokedAt)),
    );
}

export type Listing = { ownerId: string; sort: Sort; after: Cursor | null; limit: number };

function page(db: Executor, { ownerId, sort, after, limit }: Listing, which: SQL | undefined) {
  const order = ORDERS[sort];
  const way = order.down ? desc : asc;
  const past =
    after &&
    sql`(${order.key}, ${documents.id}) ${order.down ? sql`<` : sql`>`} (${after.key}::${order.type}, ${after.id}::uuid)`;
  return selectRows(db, order)
    .where(and(eq(documents.ownerId, ownerId), kept, which, past ?? undefined))
    .orderBy(way(order.key), way(documents.id))
    .limit(limit);
}

export type LibraryRow = Awaited<ReturnType<typeof page>>[number];

/** The files in a folder, or at the top, from a place on. */
export function listDocuments(
  db: Executor,
  folderId: string | null,
  listing: Listing,
): Promise<LibraryRow[]> {
  return page(db, listing, folderId === null ? isNull(documents.folderId) : eq(documents.folderId, folderId));
}

/** Pages on which these words stand, as the index `document_pages_words` has them. @param words  for `to_tsquery` */
const haveWords = (words: string) =>
  sql`to_tsvector('simple', left(${documentPages.text}, 100000)) @@ to_tsquery('simple', ${words})`;

/**
 * The files, in whatever folder, whose name holds a text or on whose pages its words stand.
 * @param pattern  for `ilike`
 * @param words  for `to_tsquery`; null: by name alone
 */
export function searchDocuments(
  db: Executor,
  { pattern, words }: { pattern: string; words: string | null },
  listing: Listing,
): Promise<LibraryRow[]> {
  const byName = sql`${documents.name} ilike ${pattern}`;
  if (words === null) return page(db, listing, byName);
  const onPages = db.select({ id: documentPages.documentId }).from(documentPages).where(haveWords(words));
  return page(db, listing, or(byName, inArray(documents.id, onPages)));
}

/** The first page of each document on which the words stand. */
export async function firstHits(
  db: Executor,
  documentIds: readonly string[],
  words: string,
): Promise<Map<string, number>> {
  if (documentIds.length === 0) return new Map();
  const rows = await db
    .select({ id: documentPages.documentId, page: sql<number>`min(${documentPages.page})::int` })
    .from(documentPages)
    .where(and(inArray(documentPages.documentId, [...documentIds]), haveWords(words)))
    .groupBy(documentPages.documentId);
  return new Map(rows.map(({ id, page }) => [id, page]));
}

/** These files as a listing shows them, in no order. What is deleted or somebody else's is left out. */
export function listByIds(db: Executor, ownerId: string, ids: readonly string[]): Promise<LibraryRow[]> {
  return selectRows(db, ORDERS.newest).where(
    and(inArray(documents.id, [...ids]), eq(documents.ownerId, ownerId), kept),
  );
}

/** Changes what of these files is theirs and is `which`. Gives how many were. */
async function changeOwn(
  db: Executor,
  ownerId: string,
  ids: readonly string[],
  which: SQL,
  change: PgUpdateSetSource<typeof documents>,
): Promise<number> {
  const rows = await db
    .update(documents)
    .set(change)
    .where(and(inArray(documents.id, [...ids]), eq(documents.ownerId, ownerId), which))
    .returning({ id: documents.id });
  return rows.length;
}

/** Puts files into a folder, or at the top. Gives how many were theirs. */
export function moveDocuments(
  db: Executor,
  ownerId: string,
  ids: readonly string[],
  folderId: string | null,
): Promise<number> {
  return changeOwn(db, ownerId, ids, kept, { folderId });
}

/** Deletes files; their bytes stay for a day. Gives how many were theirs. */
export function deleteDocuments(db: Executor, ownerId: string, ids: readonly string[]): Promise<number> {
  return changeOwn(db, ownerId, ids, kept, { deletedAt: sql`now()` });
}

/** Brings files back. Those whose folder is gone come back at the top. */
export async function restoreDocuments(db: Executor, ownerId: string, ids: readonly string[]): Promise<void> {
  await changeOwn(db, ownerId, ids, isNotNull(documents.deletedAt), {
    deletedAt: null,
    folderId: sql`(select f.id from folders f where f.id = ${documents.folderId} and f.deleted_at is null)`,
  });
}

/**
 * How many files of anybody wait for the same thing and came before each of these: their place in line, from 0. Films and documents are made ready
 * beside each other; films whose pictures are made anew one at a time, so that the one that is being made counts too.
 */
export async function placesInLine(db: Executor, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db.execute<{ id: string; ahead: number }>(sql`
    select mine.id, count(other.id)::int as ahead from documents mine
    left join document_media my_media on my_media.document_id = mine.id
    left join (documents other left join document_media its_media on its_media.document_id = other.id)
      on other.status in ('checking', 'converting') and other.status = mine.status
      and other.deleted_at is null and (other.created_at, other.id) < (mine.created_at, mine.id)
      and case when mine.status = 'converting' and mine.kind = 'media'
        then other.kind = 'media' and its_media.encoded = my_media.encoded
        else other.pages_done is null and (mine.status = 'checking' or other.kind <> 'media') end
    where mine.id in ${[...ids]} group by mine.id`);
  return new Map(rows.map(({ id, ahead }) => [id, ahead]));
}
