import { and, count, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import {
  callLines,
  calls,
  courses,
  enrolments,
  lessons,
  participants,
  roomConnections,
  rooms,
  users,
} from '@/db/schema';
import { type CallEvent, type CallState, STEPS } from '../machine';

export type CallRow = typeof calls.$inferSelect;

/** Whole ms since the epoch. */
const ms = (at: unknown) => sql<number>`floor(extract(epoch from ${at}) * 1000)::float8`;
const clock = sql`clock_timestamp()`;
const ago = (seconds: number) => sql`clock_timestamp() - make_interval(secs => ${seconds})`;

/** Until the transaction ends, somebody's other presses of **Call** wait. */
export async function lockCaller(tx: Executor, callerId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`lectern.calls:${callerId}`}, 0))`);
}

/** How often somebody has called in the last minute: this person, and anybody. */
export async function countRecent(
  tx: Executor,
  callerId: string,
  calleeId: string,
): Promise<{ samePerson: number; anybody: number }> {
  const [row] = await tx
    .select({
      samePerson: sql<number>`(count(*) filter (where ${calls.calleeId} = ${calleeId}))::int`,
      anybody: count(),
    })
    .from(calls)
    .where(and(eq(calls.callerId, callerId), gt(calls.startedAt, ago(60))));
  return row ?? { samePerson: 0, anybody: 0 };
}

/** The call whose line somebody is on. */
export async function findOnLine(tx: Executor, userId: string): Promise<CallRow | null> {
  const [row] = await tx
    .select({ call: calls })
    .from(callLines)
    .innerJoin(calls, eq(calls.id, callLines.callId))
    .where(eq(callLines.userId, userId));
  return row?.call ?? null;
}

/** A call that rings, or that found its callee busy. */
export async function insertCall(
  tx: Executor,
  call: Pick<CallRow, 'id' | 'courseId' | 'callerId' | 'calleeId'> & { state: 'ringing' | 'busy' },
  ringSeconds: number,
): Promise<CallRow> {
  const [row] = await tx
    .insert(calls)
    .values({
      ...call,
      ringsUntil: sql`clock_timestamp() + make_interval(secs => ${ringSeconds})`,
      endedAt: call.state === 'busy' ? clock : null,
    })
    .returning();
  if (!row) throw new Error('The call was not stored');
  return row;
}

/**
 * Takes the lines of these people for a call, as far as they are free: gives whose it got. Always in the same order, so that two who want
 * the same two lines wait for each other one after the other.
 */
export async function takeLines(tx: Executor, callId: string, userIds: readonly string[]): Promise<string[]> {
  const rows = await tx
    .insert(callLines)
    .values(userIds.toSorted().map((userId) => ({ userId, callId })))
    .onConflictDoNothing()
    .returning({ userId: callLines.userId });
  return rows.map(({ userId }) => userId);
}

export async function freeLines(tx: Executor, callId: string, userId?: string): Promise<void> {
  await tx
    .delete(callLines)
    .where(and(eq(callLines.callId, callId), userId ? eq(callLines.userId, userId) : undefined));
}

/** It rang for nobody: the callee was busy. */
export async function markBusy(tx: Executor, callId: string): Promise<void> {
  await tx
    .update(calls)
    .set({ state: 'busy', endedAt: clock, changedAt: clock })
    .where(and(eq(calls.id, callId), eq(calls.state, 'ringing')));
}

/** Lets something happen to a call, if it is what that happens to; null: it came too late. Of several at once one does. */
export async function advance(tx: Executor, callId: string, event: CallEvent): Promise<CallRow | null> {
  const { from, to } = STEPS[event];
  const [row] = await tx
    .update(calls)
    .set({ state: to, changedAt: clock, ...(to === 'answered' ? { answeredAt: clock } : { endedAt: clock }) })
    .where(and(eq(calls.id, callId), eq(calls.state, from)))
    .returning();
  return row ?? null;
}

/** A call as one of its two people may know it; null where it is none of theirs. */
export async function findCall(
  db: Executor,
  callId: string,
  by: { callerId: string } | { calleeId: string },
) {
  const mine = 'callerId' in by ? eq(calls.callerId, by.callerId) : eq(calls.calleeId, by.calleeId);
  const [row] = await db
    .select({ state: calls.state, slug: rooms.slug })
    .from(calls)
    .leftJoin(lessons, eq(lessons.id, calls.lessonId))
    .leftJoin(rooms, eq(rooms.id, lessons.roomId))
    .where(and(eq(calls.id, callId), mine));
  return row ?? null;
}

/** Calls that ring and that nobody answered in time. */
export async function listOverdue(db: Executor, most: number): Promise<string[]> {
  const rows = await db
    .select({ id: calls.id })
    .from(calls)
    .where(and(eq(calls.state, 'ringing'), sql`${calls.ringsUntil} <= clock_timestamp()`))
    .limit(most);
  return rows.map(({ id }) => id);
}

/** Calls that were answered and are over, because their class is. */
export async function listEnded(db: Executor, most: number): Promise<string[]> {
  const rows = await db
    .select({ id: calls.id })
    .from(calls)
    .leftJoin(lessons, eq(lessons.id, calls.lessonId))
    .where(and(eq(calls.state, 'answered'), sql`coalesce(${lessons.status} in ('ended', 'cancelled'), true)`))
    .limit(most);
  return rows.map(({ id }) => id);
}

/** Lessons of answered calls that whoever answered did not get to start. */
export async function listUnstarted(db: Executor, olderThanSeconds: number): Promise<string[]> {
  const rows = await db
    .select({ id: lessons.id })
    .from(calls)
    .innerJoin(lessons, eq(lessons.id, calls.lessonId))
    .where(
      and(
        eq(calls.state, 'answered'),
        eq(lessons.status, 'scheduled'),
        sql`${calls.answeredAt} < ${ago(olderThanSeconds)}`,
      ),
    )
    .limit(50);
  return rows.map(({ id }) => id);
}

/** Who has come into the room of their call is busy by being there; who has not for so long is not on the way any more. */
export async function freeArrived(db: Executor, onTheWaySeconds: number): Promise<void> {
  await db.execute(sql`
    delete from ${callLines} using ${calls}
    where ${calls.id} = ${callLines.callId} and ${calls.state} <> 'ringing' and (
      coalesce(${calls.answeredAt}, ${calls.changedAt}) < ${ago(onTheWaySeconds)}
      or exists (select from ${lessons}
        join ${participants} on ${participants.roomId} = ${lessons.roomId} and ${participants.userId} = ${callLines.userId}
        join ${roomConnections} on ${roomConnections.participantId} = ${participants.id} and ${roomConnections.closedAt} is null
        where ${lessons.id} = ${calls.lessonId}))`);
}

/** Whether any call is open: mostly none is, and then there is nothing to be looked after. */
export async function isAnyOpen(db: Executor): Promise<boolean> {
  const rows = await db
    .select({ id: calls.id })
    .from(calls)
    .where(inArray(calls.state, ['ringing', 'answered']))
    .limit(1);
  return rows.length > 0;
}

/** Where two people of a call meet: a small course with its room, one lesson of it that begins now. */
export async function insertCallCourse(
  tx: Executor,
  course: { id: string; ownerId: string; title: string; timeZone: string },
  guest: { userId: string; role: 'teacher' | 'student' },
): Promise<void> {
  await tx.insert(courses).values({ ...course, kind: 'call', enrolment: 'closed', capacity: 1 });
  // Nobody's calendar is told of what has begun already: so it is no seat that is taken as others are.
  await tx.insert(enrolments).values({ courseId: course.id, ...guest });
}

export async function insertCallLesson(
  tx: Executor,
  lesson: {
    id: string;
    courseId: string;
    roomId: string;
    title: string;
    timeZone: string;
    durationMinutes: number;
  },
): Promise<void> {
  await tx.insert(lessons).values({ ...lesson, startsAt: sql`date_trunc('milliseconds', now())` });
}

export async function setLesson(tx: Executor, callId: string, lessonId: string): Promise<void> {
  await tx.update(calls).set({ lessonId }).where(eq(calls.id, callId));
}

/** What a call needs to be given a room. */
export async function findParties(db: Executor, call: Pick<CallRow, 'callerId' | 'calleeId' | 'courseId'>) {
  const rows = await db
    .select({
      id: users.id,
      name: users.name,
      isOwner: sql<boolean>`${courses.ownerId} = ${users.id}`,
      role: enrolments.role,
      course: courses.title,
      timeZone: courses.timeZone,
    })
    .from(users)
    .innerJoin(courses, eq(courses.id, call.courseId))
    .leftJoin(enrolments, and(eq(enrolments.courseId, courses.id), eq(enrolments.userId, users.id)))
    .where(inArray(users.id, [call.callerId, call.calleeId]));
  const caller = rows.find(({ id }) => id === call.callerId);
  const callee = rows.find(({ id }) => id === call.calleeId);
  return caller && callee ? { caller, callee } : null;
}

/** A call as its two people’s tabs are told of it. Instants in ms since the epoch. */
export type RecentCall = {
  id: string;
  state: CallState;
  callerId: string;
  callerName: string;
  calleeId: string;
  calleeName: string;
  courseId: string;
  course: string;
  slug: string | null;
  ringsUntil: number;
};

/** Calls that ring, and those whose state changed in the last seconds, newest first, with the clock. */
export async function listRecent(
  db: Executor,
  seconds: number,
  most: number,
): Promise<{ now: number; calls: RecentCall[] }> {
  const rows = await db.execute<RecentCall & { now: number }>(sql`
    select ${ms(clock)} as now, ${calls.id} as id, ${calls.state} as state, ${calls.callerId} as "callerId",
      caller.name as "callerName", ${calls.calleeId} as "calleeId", callee.name as "calleeName", ${calls.courseId} as "courseId",
      ${courses.title} as course, ${rooms.slug} as slug, ${ms(calls.ringsUntil)} as "ringsUntil"
    from ${calls}
    join ${users} caller on caller.id = ${calls.callerId}
    join ${users} callee on callee.id = ${calls.calleeId}
    join ${courses} on ${courses.id} = ${calls.courseId}
    left join ${lessons} on ${lessons.id} = ${calls.lessonId}
    left join ${rooms} on ${rooms.id} = ${lessons.roomId}
    where ${calls.state} = 'ringing' or ${calls.changedAt} > ${ago(seconds)}
    order by (${calls.state} = 'ringing') desc, ${calls.changedAt} desc
    limit ${most}`);
  const [first] = rows;
  return { now: first?.now ?? 0, calls: rows.map(({ now: _now, ...call }) => call) };
}

export type PastCall = {
  id: string;
  outgoing: boolean;
  state: CallState;
  startedAt: number;
  answeredAt: number | null;
  /** When the first of the two had gone for good, or the class ended before that; of one that was not answered, when it rang no more. */
  endedAt: number | null;
  person: { id: string; name: string };
  slug: string | null;
};

/** When the first of those who were in a call's room had left it for good; null: nobody has, or nobody came. */
const firstGone = sql`(
  select min(gone.at) from (
    select max(coalesce(${roomConnections.leftAt}, ${roomConnections.closedAt})) as at from ${roomConnections}
    where ${roomConnections.roomId} = ${lessons.roomId}
    group by ${roomConnections.participantId} having bool_and(${roomConnections.closedAt} is not null)
  ) gone)`;

/** Somebody's own calls in a course, newest first: nobody else sees them. */
export async function listMine(
  db: Executor,
  { courseId, userId, most }: { courseId: string; userId: string; most: number },
): Promise<PastCall[]> {
  const rows = await db.execute<PastCall>(sql`
    select ${calls.id} as id, ${calls.callerId} = ${userId} as outgoing, ${calls.state} as state, ${ms(calls.startedAt)} as "startedAt",
      ${ms(calls.answeredAt)} as "answeredAt", ${ms(sql`coalesce(least(${firstGone}, ${lessons.endedAt}), ${calls.endedAt})`)} as "endedAt",
      json_build_object('id', ${users.id}, 'name', ${users.name}) as person,
      case when ${calls.state} = 'answered' then ${rooms.slug} end as slug
    from ${calls}
    join ${users} on ${users.id} = (case when ${calls.callerId} = ${userId} then ${calls.calleeId} else ${calls.callerId} end)
    left join ${lessons} on ${lessons.id} = ${calls.lessonId}
    left join ${rooms} on ${rooms.id} = ${lessons.roomId}
    where ${calls.courseId} = ${courseId} and (${calls.callerId} = ${userId} or ${calls.calleeId} = ${userId})
      and ${calls.state} <> 'ringing'
    order by ${calls.startedAt} desc
    limit ${most}`);
  return [...rows];
}

/** Forgets calls that nobody answered, so many days later. */
export async function deleteOld(db: Executor, days: number): Promise<void> {
  await db.execute(sql`
    delete from ${calls} where ${calls.state} in ('declined', 'cancelled', 'missed', 'busy')
      and ${calls.startedAt} < now() - make_interval(days => ${days})`);
}

/** Tells other processes of people whose calls changed: a hint, given outside of the transaction. */
export async function hint(db: Executor, channel: string, userIds: readonly string[]): Promise<void> {
  await db.execute(sql`select pg_notify(${channel}, ${userIds.join()})`);
}
