import { and, asc, count, eq, inArray } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { courseMaterials, documentPages, documents } from '@/db/schema';
import { keptDocument } from './kept-document';

/** The files that belong to a course, by name. What its owner deleted is left out. */
export function listMaterials(db: Executor, courseId: string) {
  return db
    .select({
      id: documents.id,
      name: documents.name,
      kind: documents.kind,
      mimeType: documents.mimeType,
      bytes: documents.bytes,
      pageCount: documents.pageCount,
      storageKey: documents.storageKey,
      thumbnailKey: documentPages.thumbnailKey,
    })
    .from(courseMaterials)
    .innerJoin(documents, and(eq(documents.id, courseMaterials.documentId), keptDocument))
    .leftJoin(documentPages, and(eq(documentPages.documentId, documents.id), eq(documentPages.page, 1)))
    .where(eq(courseMaterials.courseId, courseId))
    .orderBy(asc(documents.name), asc(documents.id));
}

export async function countMaterials(db: Executor, courseId: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(courseMaterials)
    .where(eq(courseMaterials.courseId, courseId));
  return row?.count ?? 0;
}

/** Of these documents, those that are of this owner and not deleted. */
export async function ownDocuments(
  db: Executor,
  ownerId: string,
  documentIds: readonly string[],
): Promise<string[]> {
  const rows = await db
    .select({ id: documents.id })
    .from(documents)
    .where(and(inArray(documents.id, [...documentIds]), eq(documents.ownerId, ownerId), keptDocument));
  return rows.map(({ id }) => id);
}

export async function insertMaterials(
  db: Executor,
  courseId: string,
  documentIds: readonly string[],
): Promise<void> {
  if (documentIds.length === 0) return;
  await db
    .insert(courseMaterials)
    .values(documentIds.map((documentId) => ({ courseId, documentId })))
    .onConflictDoNothing();
}

export async function deleteMaterial(db: Executor, courseId: string, documentId: string): Promise<void> {
  await db
    .delete(courseMaterials)
    .where(and(eq(courseMaterials.courseId, courseId), eq(courseMaterials.documentId, documentId)));
}
