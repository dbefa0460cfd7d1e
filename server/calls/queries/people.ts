import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import {
  callLines,
  courses,
  enrolments,
  lessons,
  participants,
  roomConnections,
  siteConnections,
  users,
} from '@/db/schema';
import type { CourseRole } from '../../courses/service';

/** Has a page open, and lets people call. */
const isOnline = sql<boolean>`(${users.takesCalls} and exists (select from ${siteConnections}
  where ${siteConnections.userId} = ${users.id} and ${siteConnections.leasedUntil} > clock_timestamp()))`;

/** Is on the line, or in a class that is live. */
const isBusy = sql<boolean>`(exists (select from ${callLines} where ${callLines.userId} = ${users.id})
  or ${users.id} in (
    select ${participants.userId} from ${lessons}
    join ${roomConnections} on ${roomConnections.roomId} = ${lessons.roomId} and ${roomConnections.closedAt} is null
      and ${roomConnections.leasedUntil} > clock_timestamp()
    join ${participants} on ${participants.id} = ${roomConnections.participantId}
    where ${lessons.status} = 'live' and ${participants.userId} is not null))`;

const roleOf = (
  userId: SQL | typeof users.id,
) => sql<CourseRole | null>`(case when ${courses.ownerId} = ${userId} then 'owner'
  else (select ${enrolments.role}::text from ${enrolments}
    where ${enrolments.courseId} = ${courses.id} and ${enrolments.userId} = ${userId}) end)`;

/** A call's own course is none that one calls in, and neither is somebody's own room. */
const CALLED_IN = ['course', 'booking'] as const;

/** Two people of a course as one of them is about to call the other; null: there is no such course, or no such person. */
export async function findPair(
  db: Executor,
  { courseId, callerId, calleeId }: { courseId: string; callerId: string; calleeId: string },
) {
  const [row] = await db
    .select({
      callerRole: roleOf(sql`${callerId}::uuid`),
      calleeRole: roleOf(users.id),
      online: isOnline,
      busy: isBusy,
    })
    .from(courses)
    .innerJoin(users, eq(users.id, calleeId))
    .where(and(eq(courses.id, courseId), isNull(courses.archivedAt), inArray(courses.kind, [...CALLED_IN])));
  return row ?? null;
}

export type Reached = { id: string; role: CourseRole; busy: boolean };

/** The people of a course who can be seen online. */
export async function listOnline(db: Executor, courseId: string): Promise<Reached[]> {
  const rows = await db.execute<Reached>(sql`
    select ${users.id} as id, person.role as role, ${isBusy} as busy
    from (
      select ${courses.ownerId} as id, 'owner' as role from ${courses} where ${courses.id} = ${courseId}
      union all
      select ${enrolments.userId}, ${enrolments.role}::text from ${enrolments} where ${enrolments.courseId} = ${courseId}
    ) person
    join ${users} on ${users.id} = person.id
    where ${isOnline}`);
  return [...rows];
}

/** Whether calls are taken in this course at all. */
export async function isCalledIn(db: Executor, courseId: string): Promise<boolean> {
  const rows = await db
    .select({ id: courses.id })
    .from(courses)
    .where(and(eq(courses.id, courseId), inArray(courses.kind, [...CALLED_IN])));
  return rows.length > 0;
}

export async function findTakesCalls(db: Executor, userId: string): Promise<boolean | null> {
  const [row] = await db.select({ on: users.takesCalls }).from(users).where(eq(users.id, userId));
  return row?.on ?? null;
}

export async function setTakesCalls(db: Executor, userId: string, on: boolean): Promise<void> {
  await db.update(users).set({ takesCalls: on }).where(eq(users.id, userId));
}
