import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { documentLinks, documentMedia, documentPages, documents } from '@/db/schema';
import { kept } from './kept';

/** Opens a document's link, under a new version where it was revoked. */
export async function openLink(db: Executor, documentId: string): Promise<{ version: number }> {
  const [row] = await db
    .insert(documentLinks)
    .values({ documentId })
    .onConflictDoUpdate({
      target: documentLinks.documentId,
      set: {
        version: sql`${documentLinks.version} + case when ${documentLinks.revokedAt} is null then 0 else 1 end`,
        revokedAt: null,
      },
    })
    .returning({ version: documentLinks.version });
  if (!row) throw new Error('The link was not stored');
  return row;
}

/** Ends a document's link: every address handed out is void. */
export async function closeLink(db: Executor, documentId: string): Promise<void> {
  await db
    .update(documentLinks)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(documentLinks.documentId, documentId), isNull(documentLinks.revokedAt)));
}

/** An open link with what it leads to; null where it was revoked or the file is deleted. */
export async function findLinked(db: Executor, documentId: string) {
  const [row] = await db
    .select({
      version: documentLinks.version,
      name: documents.name,
      bytes: documents.bytes,
      mimeType: documents.mimeType,
      storageKey: documents.storageKey,
      pageCount: documents.pageCount,
      durationMs: documentMedia.durationMs,
      pictureKey: sql<string | null>`coalesce(${documentPages.imageKey}, ${documentMedia.posterKey})`,
    })
    .from(documentLinks)
    .innerJoin(documents, eq(documents.id, documentLinks.documentId))
    .leftJoin(documentPages, and(eq(documentPages.documentId, documents.id), eq(documentPages.page, 1)))
    .leftJoin(documentMedia, eq(documentMedia.documentId, documents.id))
    .where(and(eq(documentLinks.documentId, documentId), isNull(documentLinks.revokedAt), kept));
  return row ?? null;
}
