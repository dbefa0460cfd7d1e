import { and, desc, eq, exists, isNull, or, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { documents, mediaParts } from '@/db/schema';

export function selectPlayable(
  db: Executor,
  ownerId: string,
  limit: number,
): Promise<{ id: string; name: string }[]> {
  const begun = db.select({ one: sql`1` }).from(mediaParts).where(eq(mediaParts.documentId, documents.id));
  return db
    .select({ id: documents.id, name: documents.name })
    .from(documents)
    .where(
      and(
        eq(documents.ownerId, ownerId),
        eq(documents.kind, 'media'),
        or(eq(documents.status, 'ready'), and(eq(documents.status, 'converting'), exists(begun))),
        isNull(documents.deletedAt),
      ),
    )
    .orderBy(desc(documents.createdAt), desc(documents.id))
    .limit(limit);
}
