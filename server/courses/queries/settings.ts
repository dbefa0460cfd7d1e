import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { courseCovers, courses, documentPages, documents } from '@/db/schema';
import { keptDocument } from './kept-document';

/** What its owner decides about a course, and the picture that it has. */
export const settings = {
  id: courses.id,
  ownerId: courses.ownerId,
  title: courses.title,
  description: courses.description,
  language: courses.language,
  level: courses.level,
  timeZone: courses.timeZone,
  visibility: courses.visibility,
  enrolment: courses.enrolment,
  registration: courses.registration,
  capacity: courses.capacity,
  linkVersion: courses.linkVersion,
  linkOpenedAt: courses.linkOpenedAt,
  /** The picture, as it is in the library; null where there is none. */
  coverDocumentId: documents.id,
  coverStatus: documents.status,
  coverFailure: documents.failure,
  /** Storage key of the picture as it is shown; null while it is being made. */
  coverKey: documentPages.imageKey,
};

/** A course as it is set up. Whoever calls has found out who asks. */
export async function findSettings(db: Executor, courseId: string) {
  const [row] = await db
    .select(settings)
    .from(courses)
    .leftJoin(courseCovers, eq(courseCovers.courseId, courses.id))
    .leftJoin(documents, and(eq(documents.id, courseCovers.documentId), keptDocument))
    .leftJoin(documentPages, and(eq(documentPages.documentId, documents.id), eq(documentPages.page, 1)))
    .where(and(eq(courses.id, courseId), isNull(courses.archivedAt)));
  return row ?? null;
}

export type SettingsRow = NonNullable<Awaited<ReturnType<typeof findSettings>>>;

/** Changes a course of this owner. */
export async function updateCourse(
  db: Executor,
  { courseId, ownerId }: { courseId: string; ownerId: string },
  change: Partial<typeof courses.$inferInsert>,
): Promise<void> {
  await db
    .update(courses)
    .set(change)
    .where(and(eq(courses.id, courseId), eq(courses.ownerId, ownerId)));
}

/** Whether the document is a picture of this owner, ready or being looked at. */
export async function isPictureOf(db: Executor, documentId: string, ownerId: string): Promise<boolean> {
  const rows = await db
    .select({ id: documents.id })
    .from(documents)
    .where(
      and(
        eq(documents.id, documentId),
        eq(documents.ownerId, ownerId),
        sql`${documents.mimeType} like 'image/%'`,
        keptDocument,
      ),
    );
  return rows.length > 0;
}

/** Gives a course another picture, or none. Whoever calls has found out that it may be this one. */
export async function replaceCover(db: Executor, courseId: string, documentId: string | null): Promise<void> {
  if (documentId === null) {
    await db.delete(courseCovers).where(eq(courseCovers.courseId, courseId));
    return;
  }
  await db
    .insert(courseCovers)
    .values({ courseId, documentId })
    .onConflictDoUpdate({ target: courseCovers.courseId, set: { documentId } });
}
