import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import {
  courses,
  enrolmentRequests,
  enrolments,
  invitations,
  lessonRegistrations,
  lessons,
  users,
} from '@/db/schema';
import { checkCalendarSoon, type Scope } from './seats';

/** Makes these a person's chosen lessons of a course that are still to come; those that are over stay what they were. */
export async function replaceRegistrations(
  tx: Executor,
  { courseId, userId, lessonIds }: { courseId: string; userId: string; lessonIds: readonly string[] },
): Promise<void> {
  const open = tx
    .select({ id: lessons.id })
    .from(lessons)
    .where(and(eq(lessons.courseId, courseId), inArray(lessons.status, ['scheduled', 'live'])));
  await tx
    .delete(lessonRegistrations)
    .where(and(eq(lessonRegistrations.userId, userId), inArray(lessonRegistrations.lessonId, open)));
  await checkCalendarSoon(tx, courseId, userId);
  if (lessonIds.length === 0) return;
  await tx
    .insert(lessonRegistrations)
    .values(lessonIds.map((lessonId) => ({ lessonId, userId })))
    .onConflictDoNothing();
}

/** Somebody asks, or asks again. True where they had not asked. */
export async function insertRequest(
  tx: Executor,
  request: { courseId: string; userId: string; scope: Scope },
): Promise<boolean> {
  const rows = await tx
    .insert(enrolmentRequests)
    .values(request)
    .onConflictDoUpdate({
      target: [enrolmentRequests.courseId, enrolmentRequests.userId],
      set: { status: 'pending', scope: request.scope, createdAt: sql`now()`, decidedAt: null },
      setWhere: eq(enrolmentRequests.status, 'admitted'),
    })
    .returning({ id: enrolmentRequests.userId });
  return rows.length > 0;
}

/** Decides about somebody who waits. Gives what they asked for, or null where they do not wait. */
export async function decideRequest(
  tx: Executor,
  { courseId, userId, to }: { courseId: string; userId: string; to: 'admitted' | 'declined' },
): Promise<{ scope: Scope } | null> {
  const [row] = await tx
    .update(enrolmentRequests)
    .set({ status: to, decidedAt: sql`now()` })
    .where(
      and(
        eq(enrolmentRequests.courseId, courseId),
        eq(enrolmentRequests.userId, userId),
        eq(enrolmentRequests.status, 'pending'),
      ),
    )
    .returning({ scope: enrolmentRequests.scope });
  return row ?? null;
}

/** Forgets that somebody asked, once they are in by another door. */
export async function deleteRequest(tx: Executor, courseId: string, userId: string): Promise<void> {
  await tx
    .delete(enrolmentRequests)
    .where(and(eq(enrolmentRequests.courseId, courseId), eq(enrolmentRequests.userId, userId)));
}

/** Who waits to be let into a course, longest first. */
export function listRequests(db: Executor, courseId: string) {
  return db
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      scope: enrolmentRequests.scope,
      createdAt: enrolmentRequests.createdAt,
    })
    .from(enrolmentRequests)
    .innerJoin(users, eq(users.id, enrolmentRequests.userId))
    .where(and(eq(enrolmentRequests.courseId, courseId), eq(enrolmentRequests.status, 'pending')))
    .orderBy(asc(enrolmentRequests.createdAt), asc(users.id))
    .limit(500);
}

/** Owner and teachers of a course: who is told of what happens in it. */
export async function listStaff(db: Executor, courseId: string): Promise<string[]> {
  const owner = db.select({ id: courses.ownerId }).from(courses).where(eq(courses.id, courseId));
  const teachers = db
    .select({ id: enrolments.userId })
    .from(enrolments)
    .where(and(eq(enrolments.courseId, courseId), eq(enrolments.role, 'teacher')));
  return (await owner.unionAll(teachers)).map(({ id }) => id);
}

/** Takes an invitation that waits. True where this very call did. */
export async function acceptInvitation(tx: Executor, invitationId: string): Promise<boolean> {
  const rows = await tx
    .update(invitations)
    .set({ status: 'accepted', decidedAt: sql`now()` })
    .where(and(eq(invitations.id, invitationId), eq(invitations.status, 'pending')))
    .returning({ id: invitations.id });
  return rows.length > 0;
}

/** The invitations of an address into a course that wait: who is in by another door needs them no more. */
export async function acceptInvitationsOf(tx: Executor, courseId: string, userId: string): Promise<void> {
  const address = tx.select({ email: users.email }).from(users).where(eq(users.id, userId));
  await tx
    .update(invitations)
    .set({ status: 'accepted', decidedAt: sql`now()` })
    .where(
      and(
        eq(invitations.courseId, courseId),
        eq(invitations.status, 'pending'),
        inArray(invitations.email, address),
      ),
    );
}

/** Takes somebody out of a course with what they had chosen and asked for in it. */
export async function deleteMembership(tx: Executor, courseId: string, userId: string): Promise<void> {
  await tx.delete(enrolments).where(and(eq(enrolments.courseId, courseId), eq(enrolments.userId, userId)));
  await deleteRequest(tx, courseId, userId);
  await replaceRegistrations(tx, { courseId, userId, lessonIds: [] });
}
