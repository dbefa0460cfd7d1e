import { and, desc, eq, inArray, isNull, lt, ne, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { documentExports } from '@/db/schema';

export type ExportRow = typeof documentExports.$inferSelect;

/** What makes two exports the same. */
export type ExportContent = Pick<
  ExportRow,
  'roomId' | 'documentId' | 'boardId' | 'page' | 'version' | 'layers' | 'seq'
>;

const recent = sql`created_at > now() - interval '20 hours'`;

/** An export of the same content that is there, or on its way. */
export async function findSameExport(db: Executor, content: ExportContent): Promise<ExportRow | null> {
  const { roomId, documentId, boardId, page, version, layers, seq } = content;
  const [row] = await db
    .select()
    .from(documentExports)
    .where(
      and(
        eq(documentExports.roomId, roomId),
        documentId ? eq(documentExports.documentId, documentId) : isNull(documentExports.documentId),
        boardId ? eq(documentExports.boardId, boardId) : isNull(documentExports.boardId),
        page === null ? isNull(documentExports.page) : eq(documentExports.page, page),
        eq(documentExports.version, version),
        eq(documentExports.layers, layers),
        eq(documentExports.seq, seq),
        ne(documentExports.status, 'failed'),
        recent,
      ),
    )
    .orderBy(desc(documentExports.createdAt))
    .limit(1);
  return row ?? null;
}

export async function insertExport(db: Executor, row: typeof documentExports.$inferInsert): Promise<void> {
  await db.insert(documentExports).values(row);
}

export async function findExport(db: Executor, id: string): Promise<ExportRow | null> {
  const [row] = await db.select().from(documentExports).where(eq(documentExports.id, id));
  return row ?? null;
}

export async function updateExport(
  db: Executor,
  id: string,
  fields: Partial<Pick<ExportRow, 'status' | 'pagesDone' | 'pagesTotal' | 'storageKey' | 'failure'>>,
): Promise<void> {
  await db.update(documentExports).set(fields).where(eq(documentExports.id, id));
}

/** Exports that nobody gets an address of any more. */
export function listOldExports(db: Executor) {
  return db
    .select({ id: documentExports.id, storageKey: documentExports.storageKey })
    .from(documentExports)
    .where(lt(documentExports.createdAt, sql`now() - interval '1 day'`))
    .limit(500);
}

export async function deleteExports(db: Executor, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.delete(documentExports).where(inArray(documentExports.id, [...ids]));
}
