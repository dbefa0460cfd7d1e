import { and, count, eq, ne, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { calendarChecks, courses, enrolments, openPayments } from '@/db/schema';
import type { CourseRole } from '../policy';

export type EnrolledRole = Exclude<CourseRole, 'owner'>;
export type Scope = (typeof enrolments.$inferSelect)['scope'];

/** How many students a course takes, its row locked: whoever wants a seat waits for who is taking one. */
export async function lockSeats(tx: Executor, courseId: string): Promise<{ capacity: number | null } | null> {
  const [row] = await tx
    .select({ capacity: courses.capacity })
    .from(courses)
    .where(eq(courses.id, courseId))
    .for('update');
  return row ?? null;
}

/** Students apart from this person. */
export async function countOtherStudents(db: Executor, courseId: string, userId: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(enrolments)
    .where(
      and(eq(enrolments.courseId, courseId), eq(enrolments.role, 'student'), ne(enrolments.userId, userId)),
    );
  return row?.count ?? 0;
}

export async function findEnrolment(
  db: Executor,
  courseId: string,
  userId: string,
): Promise<{ role: EnrolledRole; scope: Scope } | null> {
  const [row] = await db
    .select({ role: enrolments.role, scope: enrolments.scope })
    .from(enrolments)
    .where(and(eq(enrolments.courseId, courseId), eq(enrolments.userId, userId)));
  return row ?? null;
}

/** Enrols somebody, or changes what they are. */
export async function upsertEnrolment(
  db: Executor,
  { courseId, userId, role, scope }: { courseId: string; userId: string; role: EnrolledRole; scope: Scope },
): Promise<void> {
  await db
    .insert(enrolments)
    .values({ courseId, userId, role, scope })
    .onConflictDoUpdate({ target: [enrolments.courseId, enrolments.userId], set: { role, scope } });
  await checkCalendarSoon(db, courseId, userId);
}

/** Notes whether somebody has to pay before they come in as a student. */
export async function setPaymentOpen(
  db: Executor,
  { courseId, userId, open }: { courseId: string; userId: string; open: boolean },
): Promise<void> {
  if (open) await db.insert(openPayments).values({ courseId, userId }).onConflictDoNothing();
  else
    await db
      .delete(openPayments)
      .where(and(eq(openPayments.courseId, courseId), eq(openPayments.userId, userId)));
}

export async function deleteEnrolment(tx: Executor, courseId: string, userId: string): Promise<void> {
  const gone = await tx
    .delete(enrolments)
    .where(and(eq(enrolments.courseId, courseId), eq(enrolments.userId, userId)))
    .returning({ userId: enrolments.userId });
  if (gone.length > 0) await checkCalendarSoon(tx, courseId, userId);
}

/** What they have in their calendar of a course is put right a little later: what is taken back at once is told to nobody. */
export async function checkCalendarSoon(db: Executor, courseId: string, userId: string): Promise<void> {
  const dueAt = sql`now() + interval '15 seconds'`;
  await db
    .insert(calendarChecks)
    .values({ courseId, userId, dueAt })
    .onConflictDoUpdate({ target: [calendarChecks.courseId, calendarChecks.userId], set: { dueAt } });
}
