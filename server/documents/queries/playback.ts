import {
  aliasedTable,
  and,
  asc,
  count,
  eq,
  getTableColumns,
  inArray,
  isNull,
  ne,
  or,
  sql,
} from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { documentCaptions, documentMedia, documents, mediaParts } from '@/db/schema';
import { kept } from './kept';

export type MediaRow = typeof documentMedia.$inferSelect;
export type CaptionsRow = typeof documentCaptions.$inferSelect;

export async function findMedia(db: Executor, documentId: string): Promise<MediaRow | null> {
  const [row] = await db.select().from(documentMedia).where(eq(documentMedia.documentId, documentId));
  return row ?? null;
}

/** Notes how a document is played, in the place of what was known of it. */
export async function setMedia(tx: Executor, media: typeof documentMedia.$inferInsert): Promise<void> {
  await clearMedia(tx, media.documentId);
  await tx.insert(documentMedia).values(media);
}

/** Forgets what was made of a document's file. */
export async function clearMedia(tx: Executor, documentId: string): Promise<void> {
  await tx.delete(documentMedia).where(eq(documentMedia.documentId, documentId));
  await clearParts(tx, documentId);
  await tx.delete(documentCaptions).where(eq(documentCaptions.documentId, documentId));
}

export async function clearParts(tx: Executor, documentId: string): Promise<void> {
  await tx.delete(mediaParts).where(eq(mediaParts.documentId, documentId));
}

export async function countParts(db: Executor, documentId: string): Promise<number> {
  const [row] = await db
    .select({ parts: count() })
    .from(mediaParts)
    .where(eq(mediaParts.documentId, documentId));
  return row?.parts ?? 0;
}

/** The parts of a document that still has this file, in order. Null when it is gone, or has another one. */
export async function listParts(
  db: Executor,
  documentId: string,
  storageKey: string,
): Promise<{ complete: boolean; durations: number[] } | null> {
  const [media] = await db
    .select({ complete: documentMedia.complete })
    .from(documentMedia)
    .innerJoin(documents, eq(documents.id, documentMedia.documentId))
    .where(and(eq(documentMedia.documentId, documentId), eq(documents.storageKey, storageKey), kept));
  if (!media) return null;
  const parts = await db
    .select({ durationMs: mediaParts.durationMs })
    .from(mediaParts)
    .where(eq(mediaParts.documentId, documentId))
    .orderBy(asc(mediaParts.part));
  return { complete: media.complete, durations: parts.map(({ durationMs }) => durationMs) };
}

/** Notes a part that is stored. Made once more, it takes the place of what was noted. */
export async function setPart(tx: Executor, part: typeof mediaParts.$inferInsert): Promise<void> {
  await tx
    .insert(mediaParts)
    .values(part)
    .onConflictDoUpdate({
      target: [mediaParts.documentId, mediaParts.part],
      set: { durationMs: part.durationMs },
    });
}

/** How many seconds of how many can be played. What was made already is not made less by beginning again. */
export async function setSecondsDone(
  tx: Executor,
  documentId: string,
  done: number,
  total: number | null,
): Promise<void> {
  await tx
    .update(documents)
    .set({
      pagesDone: sql`greatest(coalesce(${documents.pagesDone}, 0), ${done}::int)`,
      pagesTotal: total,
    })
    .where(eq(documents.id, documentId));
}

/** Changes what is known of how a document is played, as long as it has this file. False when it has not. */
export async function updateMedia(
  db: Executor,
  { id, storageKey }: { id: string; storageKey: string },
  change: Partial<Pick<MediaRow, 'complete' | 'posterKey' | 'waveform' | 'durationMs'>>,
): Promise<boolean> {
  const rows = await db
    .update(documentMedia)
    // An empty change locks the row, and is one all the same.
    .set({ documentId: id, ...change })
    .from(documents)
    .where(
      and(eq(documentMedia.documentId, id), eq(documents.id, id), eq(documents.storageKey, storageKey), kept),
    )
    .returning({ id: documentMedia.documentId });
  return rows.length > 0;
}

/** The captions of a document, its own first, without those whose file was deleted. */
export function listCaptions(db: Executor, documentId: string): Promise<CaptionsRow[]> {
  const from = aliasedTable(documents, 'from_document');
  return db
    .select(getTableColumns(documentCaptions))
    .from(documentCaptions)
    .leftJoin(from, eq(from.id, documentCaptions.fromDocumentId))
    .where(and(eq(documentCaptions.documentId, documentId), isNull(from.deletedAt)))
    .orderBy(
      sql`${documentCaptions.fromDocumentId} is not null`,
      asc(documentCaptions.label),
      asc(documentCaptions.storageKey),
    );
}

/** Storage keys of all captions that were made for a document, or of one. */
export async function listCaptionKeys(db: Executor, documentId: string): Promise<string[]> {
  const rows = await db
    .select({ storageKey: documentCaptions.storageKey })
    .from(documentCaptions)
    .where(or(eq(documentCaptions.documentId, documentId), eq(documentCaptions.fromDocumentId, documentId)));
  return rows.map(({ storageKey }) => storageKey);
}

/** Notes captions that are stored. Made once more, they take the place of what was noted. */
export async function setCaptions(
  db: Executor,
  captions: typeof documentCaptions.$inferInsert,
): Promise<void> {
  const { label, language } = captions;
  await db
    .insert(documentCaptions)
    .values(captions)
    .onConflictDoUpdate({
      target: [documentCaptions.documentId, documentCaptions.storageKey],
      set: { label, language },
    });
}

/** False: there are none such. */
export async function deleteCaptions(db: Executor, documentId: string, storageKey: string): Promise<boolean> {
  const rows = await db
    .delete(documentCaptions)
    .where(and(eq(documentCaptions.documentId, documentId), eq(documentCaptions.storageKey, storageKey)))
    .returning({ storageKey: documentCaptions.storageKey });
  return rows.length > 0;
}

/** What lies beside a document in its folder, of these kinds and types. */
export function listBeside(
  db: Executor,
  { id, ownerId, folderId }: Pick<typeof documents.$inferSelect, 'id' | 'ownerId' | 'folderId'>,
  what: { kind: 'media' } | { mimeTypes: readonly string[] },
): Promise<{ id: string; name: string }[]> {
  return db
    .select({ id: documents.id, name: documents.name })
    .from(documents)
    .where(
      and(
        eq(documents.ownerId, ownerId),
        folderId === null ? isNull(documents.folderId) : eq(documents.folderId, folderId),
        ne(documents.id, id),
        kept,
        'kind' in what ? eq(documents.kind, what.kind) : inArray(documents.mimeType, [...what.mimeTypes]),
      ),
    )
    .limit(1000);
}
