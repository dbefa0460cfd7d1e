import { and, asc, eq, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { courseSections, courses } from '@/db/schema';

export type SectionRow = { id: string; title: string; text: string };

const row = { id: courseSections.id, title: courseSections.title, text: courseSections.text };

/** A course's syllabus in its order. */
export function listSections(db: Executor, courseId: string): Promise<SectionRow[]> {
  return db
    .select(row)
    .from(courseSections)
    .where(eq(courseSections.courseId, courseId))
    .orderBy(asc(courseSections.position), asc(courseSections.id));
}

/** Who changes the order waits for who changes it now. */
export async function lockCourse(tx: Executor, courseId: string): Promise<void> {
  await tx.select({ id: courses.id }).from(courses).where(eq(courses.id, courseId)).for('update');
}

export async function insertSection(
  db: Executor,
  section: SectionRow & { courseId: string; position: number },
): Promise<void> {
  await db.insert(courseSections).values(section);
}

const inCourse = (courseId: string, sectionId: string) =>
  and(eq(courseSections.id, sectionId), eq(courseSections.courseId, courseId));

/** True where the course has such a section. */
export async function updateSection(
  db: Executor,
  courseId: string,
  { id, title, text }: SectionRow,
): Promise<boolean> {
  const rows = await db
    .update(courseSections)
    .set({ title, text })
    .where(inCourse(courseId, id))
    .returning({ id: courseSections.id });
  return rows.length > 0;
}

/** True where the course had such a section. */
export async function deleteSection(db: Executor, courseId: string, sectionId: string): Promise<boolean> {
  const rows = await db
    .delete(courseSections)
    .where(inCourse(courseId, sectionId))
    .returning({ id: courseSections.id });
  return rows.length > 0;
}

/** Numbers a course's sections in this order, in one statement. */
export async function orderSections(tx: Executor, courseId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(courseSections)
    .set({
      position: sql`array_position(array[${sql.join(
        [...ids].map((id) => sql`${id}::uuid`),
        sql`, `,
      )}], ${courseSections.id}) - 1`,
    })
    .where(
      and(
        eq(courseSections.courseId, courseId),
        sql`${courseSections.id} in (${sql.join(
          [...ids].map((id) => sql`${id}::uuid`),
          sql`, `,
        )})`,
      ),
    );
}
