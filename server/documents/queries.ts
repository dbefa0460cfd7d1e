import { and, asc, eq, isNotNull, lt, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { courses, documentPages, documents, enrolments, rooms, uploads } from '@/db/schema';
import { kept } from './queries/kept';

export type DocumentRow = typeof documents.$inferSelect;
export type PageRow = typeof documentPages.$inferSelect;
export type UploadRow = typeof uploads.$inferSelect;

export async function findDocument(db: Executor, id: string): Promise<DocumentRow | null> {
  const [row] = await db
    .select()
    .from(documents)
    .where(and(eq(documents.id, id), kept));
  return row ?? null;
}

export function listPages(db: Executor, documentId: string): Promise<PageRow[]> {
  return db
    .select()
    .from(documentPages)
    .where(eq(documentPages.documentId, documentId))
    .orderBy(asc(documentPages.page));
}

export async function insertDocument(db: Executor, document: typeof documents.$inferInsert): Promise<void> {
  await db.insert(documents).values(document);
}

export async function renameOwn(db: Executor, id: string, ownerId: string, name: string): Promise<boolean> {
  const rows = await db
    .update(documents)
    .set({ name })
    .where(and(eq(documents.id, id), eq(documents.ownerId, ownerId), kept))
    .returning({ id: documents.id });
  return rows.length > 0;
}

export async function findUpload(db: Executor, id: string): Promise<UploadRow | null> {
  const [row] = await db.select().from(uploads).where(eq(uploads.id, id));
  return row ?? null;
}

/** The upload of this file by this person: the one that was begun before, or a new one under `id`. */
export async function beginUpload(
  db: Executor,
  upload: Pick<UploadRow, 'id' | 'userId' | 'fingerprint' | 'name' | 'bytes' | 'folderId' | 'replaces'>,
): Promise<UploadRow> {
  const [row] = await db
    .insert(uploads)
    .values(upload)
    .onConflictDoUpdate({
      target: [uploads.userId, uploads.fingerprint, uploads.bytes],
      set: {
        name: upload.name,
        folderId: upload.folderId,
        replaces: upload.replaces,
        createdAt: sql`now()`,
      },
    })
    .returning();
  if (!row) throw new Error('An upload was neither found nor made');
  return row;
}

export async function setInspection(db: Executor, id: string, inspection: unknown): Promise<void> {
  await db.update(uploads).set({ inspection }).where(eq(uploads.id, id));
}

export async function deleteUpload(db: Executor, id: string): Promise<void> {
  await db.delete(uploads).where(eq(uploads.id, id));
}

/** Uploads that nobody went on with for a day. */
export function listStaleUploads(db: Executor) {
  return db
    .select({ id: uploads.id })
    .from(uploads)
    .where(lt(uploads.createdAt, sql`now() - interval '1 day'`))
    .limit(500);
}

/** Documents that were deleted long enough ago that nobody undoes it. */
export function listPurgeable(db: Executor) {
  return db
    .select()
    .from(documents)
    .where(and(isNotNull(documents.deletedAt), lt(documents.deletedAt, sql`now() - interval '1 day'`)))
    .limit(100);
}

export async function deleteDocumentRow(db: Executor, id: string): Promise<void> {
  await db.delete(documents).where(eq(documents.id, id));
}

/** Whether a room's course is of `ownerId`, and `userId` teaches in it. */
export async function isStaffOfOwner(
  db: Executor,
  { roomId, userId, ownerId }: { roomId: string; userId: string; ownerId: string },
): Promise<boolean> {
  const rows = await db
    .select({ id: courses.id })
    .from(rooms)
    .innerJoin(courses, eq(courses.id, rooms.courseId))
    .innerJoin(enrolments, and(eq(enrolments.courseId, courses.id), eq(enrolments.userId, userId)))
    .where(and(eq(rooms.id, roomId), eq(courses.ownerId, ownerId), eq(enrolments.role, 'teacher')));
  return rows.length > 0;
}
