import { and, eq, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { documents, uploads } from '@/db/schema';
import { kept } from './kept';

/** What somebody's files take, and what their unfinished uploads will, in bytes. */
export async function usedBytes(db: Executor, ownerId: string): Promise<number> {
  const stored = db
    .select({ bytes: sql`coalesce(sum(${documents.bytes}), 0)` })
    .from(documents)
    .where(and(eq(documents.ownerId, ownerId), kept));
  const coming = db
    .select({ bytes: sql`coalesce(sum(${uploads.bytes}), 0)` })
    .from(uploads)
    .where(eq(uploads.userId, ownerId));
  const [row] = await db.execute<{ used: string }>(sql`select (${stored}) + (${coming}) as used`);
  return Number(row?.used ?? 0);
}

/** The unfinished upload of this very file, if there is one. */
export async function findUploadOf(
  db: Executor,
  userId: string,
  fingerprint: string,
  bytes: number,
): Promise<{ id: string } | null> {
  const [row] = await db
    .select({ id: uploads.id })
    .from(uploads)
    .where(and(eq(uploads.userId, userId), eq(uploads.fingerprint, fingerprint), eq(uploads.bytes, bytes)));
  return row ?? null;
}
