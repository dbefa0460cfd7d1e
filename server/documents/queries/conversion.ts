import { and, between, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { documentPages, documents } from '@/db/schema';
import type { DocumentRow } from '../queries';
import { kept } from './kept';

/** How documents stand that are being worked on. */
const IN_WORK: readonly DocumentRow['status'][] = ['checking', 'converting'];
const inWork = inArray(documents.status, IN_WORK);

export const isInWork = (status: DocumentRow['status']) => IN_WORK.includes(status);

/** The file that is being worked on: the one that takes the other's place, where there is one. */
const sourceKey = sql<string>`coalesce(${documents.replacement}->>'storageKey', ${documents.storageKey}::text)`;

/** A document whose file is being worked on. Nobody else changes it until the transaction ends. */
export async function lockInWork(tx: Executor, id: string, storageKey: string): Promise<DocumentRow | null> {
  const [row] = await tx
    .select()
    .from(documents)
    .where(and(eq(documents.id, id), inWork, eq(sourceKey, storageKey)))
    .for('update');
  return row ?? null;
}

/** The document that an upload became, or whose file it takes the place of. */
export async function findByFile(db: Executor, storageKey: string): Promise<{ id: string } | null> {
  const [row] = await db
    .select({ id: documents.id })
    .from(documents)
    .where(
      and(
        kept,
        or(eq(documents.id, storageKey), eq(documents.storageKey, storageKey), eq(sourceKey, storageKey)),
      ),
    )
    .limit(1);
  return row ?? null;
}

export async function lockDocument(tx: Executor, id: string): Promise<DocumentRow | null> {
  const [row] = await tx
    .select()
    .from(documents)
    .where(and(eq(documents.id, id), kept))
    .for('update');
  return row ?? null;
}

export async function updateDocument(
  db: Executor,
  id: string,
  change: Partial<typeof documents.$inferInsert>,
): Promise<void> {
  await db.update(documents).set(change).where(eq(documents.id, id));
}

/** Gives a document other pages than it had. */
export async function setPages(
  tx: Executor,
  documentId: string,
  pages: readonly (typeof documentPages.$inferInsert)[],
): Promise<void> {
  await tx.delete(documentPages).where(eq(documentPages.documentId, documentId));
  for (let start = 0; start < pages.length; start += 1000) {
    await tx.insert(documentPages).values(pages.slice(start, start + 1000));
  }
}

type Read = { imageKey?: string; thumbnailKey?: string; text: string };

/** Notes what was read and drawn of a page. False when the document has another file by now, or is gone. */
export async function setPage(
  db: Executor,
  { id, storageKey }: Pick<DocumentRow, 'id' | 'storageKey'>,
  page: number,
  read: Read,
): Promise<boolean> {
  const rows = await db
    .update(documentPages)
    .set(read)
    .from(documents)
    .where(
      and(
        eq(documentPages.documentId, id),
        eq(documentPages.page, page),
        eq(documents.id, id),
        eq(documents.storageKey, storageKey),
      ),
    )
    .returning({ page: documentPages.page });
  return rows.length > 0;
}

/** Pages of the range whose text nobody has read have none, unless the document has another file by now. */
export async function setUnreadable(
  db: Executor,
  { id, storageKey }: Pick<DocumentRow, 'id' | 'storageKey'>,
  { first, last }: { first: number; last: number },
): Promise<void> {
  await db
    .update(documentPages)
    .set({ text: '' })
    .from(documents)
    .where(
      and(
        eq(documentPages.documentId, id),
        between(documentPages.page, first, last),
        isNull(documentPages.text),
        eq(documents.id, id),
        eq(documents.storageKey, storageKey),
      ),
    );
}

/** How many pages are done; a document that waited for `readyAt` of them is ready then. */
export async function setPagesDone(
  db: Executor,
  { id, storageKey }: Pick<DocumentRow, 'id' | 'storageKey'>,
  done: number,
  readyAt: number,
): Promise<void> {
  await db
    .update(documents)
    .set({
      pagesDone: sql`greatest(coalesce(${documents.pagesDone}, 0), ${done}::int)`,
      status: sql`case when ${documents.status} = 'converting' and ${documents.replacement} is null and ${done}::int >= ${readyAt}::int
        then 'ready'::document_status else ${documents.status} end`,
    })
    .where(and(eq(documents.id, id), eq(documents.storageKey, storageKey)));
}
