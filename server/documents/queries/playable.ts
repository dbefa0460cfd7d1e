import { and, desc, eq, exists, inArray, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { documentMedia, documents, mediaParts } from '@/db/schema';
import { kept } from './kept';

/** Something that plays, or that is being made to. */
export type PlayableRow = {
  id: string;
  name: string;
  folderId: string | null;
  /** It plays, wholly or as far as it is made. */
  plays: boolean;
  /** ms; null: not known. */
  durationMs: number | null;
};

/** What somebody has that plays or will, newest first. */
export function selectPlayable(db: Executor, ownerId: string, limit: number): Promise<PlayableRow[]> {
  const begun = db.select({ one: sql`1` }).from(mediaParts).where(eq(mediaParts.documentId, documents.id));
  return db
    .select({
      id: documents.id,
      name: documents.name,
      folderId: documents.folderId,
      plays: sql<boolean>`(${documents.status} = 'ready' or ${exists(begun)})`,
      durationMs: documentMedia.durationMs,
    })
    .from(documents)
    .leftJoin(documentMedia, eq(documentMedia.documentId, documents.id))
    .where(
      and(
        eq(documents.ownerId, ownerId),
        eq(documents.kind, 'media'),
        inArray(documents.status, ['ready', 'converting']),
        kept,
      ),
    )
    .orderBy(desc(documents.createdAt), desc(documents.id))
    .limit(limit);
}

/** Whether somebody has files that nobody has looked into yet. */
export async function isAnythingChecked(db: Executor, ownerId: string): Promise<boolean> {
  const rows = await db
    .select({ id: documents.id })
    .from(documents)
    .where(and(eq(documents.ownerId, ownerId), eq(documents.status, 'checking'), kept))
    .limit(1);
  return rows.length > 0;
}
