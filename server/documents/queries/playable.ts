import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { documents } from '@/db/schema';

export function selectPlayable(
  db: Executor,
  ownerId: string,
  limit: number,
): Promise<{ id: string; name: string }[]> {
  return db
    .select({ id: documents.id, name: documents.name })
    .from(documents)
    .where(
      and(
        eq(documents.ownerId, ownerId),
        eq(documents.kind, 'media'),
        eq(documents.status, 'ready'),
        isNull(documents.deletedAt),
      ),
    )
    .orderBy(desc(documents.createdAt), desc(documents.id))
    .limit(limit);
}
