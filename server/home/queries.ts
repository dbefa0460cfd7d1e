import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import {
  bookingSlots,
  courses,
  documents,
  enrolmentRequests,
  enrolments,
  lessonRegistrations,
  lessons,
  rooms,
  users,
} from '@/db/schema';
import type { CourseRole } from '../courses/service';

/** No lesson is longer: what began before is over, unless it is live. */
const LONGEST = sql`interval '600 minutes'`;

/** A lesson as home shows it. Times as text: they come out of JSON. */
export type HomeLessonRow = {
  id: string;
  title: string;
  startsAt: string;
  durationMinutes: number;
  timeZone: string;
  status: 'scheduled' | 'live';
  linkVersion: number;
};

export type HomeCourseRow = {
  id: string;
  /** One booked hour, or a course of whatever length. */
  isBooking: boolean;
  title: string;
  role: CourseRole;
  timeZone: string;
  roomSlug: string;
  next: HomeLessonRow | null;
  enrolled: number;
  faces: { id: string; name: string }[];
  /** How many courses there are in all. */
  total: number;
  /** In how many of them this account is owner or teacher. */
  taught: number;
};

const bookedAndNotOver = sql`${bookingSlots.status} <> 'cancelled' and ${bookingSlots.endsAt} > now() - ${LONGEST}`;

/** Every course of an account with what it is there: owned, enrolled in, and those that are one booked hour, until it is over. */
const mine = (userId: string) => sql`
  select ${courses.id} as id, 'owner' as role, 'series' as scope from ${courses}
  where ${courses.ownerId} = ${userId} and ${courses.kind} = 'course' and ${courses.archivedAt} is null
  union all
  select ${courses.id}, ${enrolments.role}::text, ${enrolments.scope}::text
  from ${enrolments} join ${courses} on ${courses.id} = ${enrolments.courseId}
  where ${enrolments.userId} = ${userId} and ${courses.ownerId} <> ${userId}
    and ${courses.kind} = 'course' and ${courses.archivedAt} is null
  union all
  select ${bookingSlots.courseId}, 'owner', 'series' from ${bookingSlots}
  where ${bookingSlots.teacherId} = ${userId} and ${bookedAndNotOver}
  union all
  select ${bookingSlots.courseId}, ${enrolments.role}::text, ${enrolments.scope}::text
  from ${enrolments} join ${bookingSlots} on ${bookingSlots.courseId} = ${enrolments.courseId}
  where ${enrolments.userId} = ${userId} and ${bookingSlots.teacherId} <> ${userId} and ${bookedAndNotOver}`;

/** Of the lesson at hand, what is theirs: all, or those that they have chosen. */
const isChosen = (userId: string) => sql`(mine.scope = 'series' or exists (
  select from ${lessonRegistrations}
  where ${lessonRegistrations.lessonId} = ${lessons.id} and ${lessonRegistrations.userId} = ${userId}))`;

const notOver = sql`(${lessons.status} = 'live' or (${lessons.status} = 'scheduled'
  and ${lessons.startsAt} + ${lessons.durationMinutes} * interval '1 minute' > now()))`;

const asJson = sql`json_build_object('id', ${lessons.id}, 'title', ${lessons.title}, 'startsAt', ${lessons.startsAt},
  'durationMinutes', ${lessons.durationMinutes}, 'timeZone', ${lessons.timeZone}, 'status', ${lessons.status},
  'linkVersion', ${lessons.linkVersion})`;

/**
 * The first courses of an account, those that meet soonest first, each with its next lesson and its faces. One statement, and what is read of
 * it grows with the courses that are shown, not with their lessons and people.
 */
export async function listHomeCourses(
  db: Executor,
  userId: string,
  { limit, offset, faces }: { limit: number; offset: number; faces: number },
): Promise<HomeCourseRow[]> {
  const rows = await db.execute<HomeCourseRow>(sql`
    select shown.id, shown."isBooking", shown.title, shown.role, shown."timeZone", shown."roomSlug", shown.next, shown.total, shown.taught,
      (select count(*)::int from ${enrolments} where ${enrolments.courseId} = shown.id) as enrolled,
      coalesce((select json_agg(json_build_object('id', face.id, 'name', face.name)) from (
        select ${users.id} as id, ${users.name} as name from ${enrolments} join ${users} on ${users.id} = ${enrolments.userId}
        where ${enrolments.courseId} = shown.id order by ${enrolments.createdAt}, ${enrolments.userId} limit ${faces}
      ) face), '[]'::json) as faces
    from (
      select mine.id, mine.role, ${courses.kind} = 'booking' as "isBooking", ${courses.title} as title, ${courses.timeZone} as "timeZone", ${rooms.slug} as "roomSlug",
        coalesce(running.lesson, upcoming.lesson) as next,
        count(*) over ()::int as total,
        count(*) filter (where mine.role in ('owner', 'teacher')) over ()::int as taught,
        running.lesson is not null as live, upcoming.starts_at
      from (${mine(userId)}) mine
      join ${courses} on ${courses.id} = mine.id
      join ${rooms} on ${rooms.courseId} = mine.id
      left join lateral (
        select ${asJson} as lesson from ${lessons}
        where ${lessons.roomId} = ${rooms.id} and ${lessons.status} = 'live' and ${isChosen(userId)}
      ) running on true
      left join lateral (
        select ${asJson} as lesson, ${lessons.startsAt} as starts_at from ${lessons}
        where ${lessons.courseId} = mine.id and ${lessons.startsAt} > now() - ${LONGEST}
          and ${lessons.status} = 'scheduled' and ${notOver} and ${isChosen(userId)}
        order by ${lessons.startsAt}, ${lessons.id} limit 1
      ) upcoming on true
      where ${courses.kind} <> 'booking' or running.lesson is not null or upcoming.lesson is not null
      order by live desc, upcoming.starts_at nulls last, ${courses.title}, mine.id
      limit ${limit} offset ${offset}
    ) shown
    order by shown.live desc, shown.starts_at nulls last, shown.title, shown.id`);
  return [...rows];
}

export type TodayRow = HomeLessonRow & {
  courseId: string;
  courseTitle: string;
  role: CourseRole;
  roomSlug: string;
};

/** What is live, or begins within so many hours, in any course of an account; soonest first. */
export async function listToday(
  db: Executor,
  userId: string,
  { hours, limit }: { hours: number; limit: number },
): Promise<TodayRow[]> {
  const rows = await db.execute<TodayRow>(sql`
    select ${lessons.id} as id, ${lessons.title} as title, ${lessons.startsAt}::text as "startsAt",
      ${lessons.durationMinutes} as "durationMinutes", ${lessons.timeZone} as "timeZone", ${lessons.status} as status,
      ${lessons.linkVersion} as "linkVersion", mine.id as "courseId", ${courses.title} as "courseTitle", mine.role as role,
      ${rooms.slug} as "roomSlug"
    from (${mine(userId)}) mine
    join ${courses} on ${courses.id} = mine.id
    join ${rooms} on ${rooms.courseId} = mine.id
    join ${lessons} on ${lessons.courseId} = mine.id
      and ${lessons.startsAt} between now() - ${LONGEST} and now() + make_interval(hours => ${hours})
    where ${notOver} and ${isChosen(userId)}
    order by (${lessons.status} = 'live') desc, ${lessons.startsAt}, ${lessons.id}
    limit ${limit}`);
  return [...rows];
}

export type RequestsRow = { courseId: string; title: string; count: number };

/** In which courses of theirs people wait to be let in, and how many. */
export async function listOpenRequests(db: Executor, userId: string, limit: number): Promise<RequestsRow[]> {
  const rows = await db.execute<RequestsRow>(sql`
    select mine.id as "courseId", ${courses.title} as title, count(*)::int as count
    from (${mine(userId)}) mine
    join ${courses} on ${courses.id} = mine.id
    join ${enrolmentRequests} on ${enrolmentRequests.courseId} = mine.id and ${enrolmentRequests.status} = 'pending'
    where mine.role in ('owner', 'teacher')
    group by mine.id, ${courses.title}
    order by min(${enrolmentRequests.createdAt}), mine.id
    limit ${limit}`);
  return [...rows];
}

const failed = (userId: string) =>
  and(eq(documents.ownerId, userId), eq(documents.status, 'failed'), isNull(documents.deletedAt));

/** The newest files that could not be shown. */
export function listFailed(db: Executor, userId: string, limit: number) {
  return db
    .select({ id: documents.id, name: documents.name, failure: documents.failure })
    .from(documents)
    .where(failed(userId))
    .orderBy(desc(documents.createdAt), desc(documents.id))
    .limit(limit);
}

export type OwnRoom = { slug: string; courseId: string };

/** Postgres' clock, ms since the epoch, and this account's own room; null: it has none yet. */
export async function readClockAndRoom(
  db: Executor,
  userId: string,
): Promise<{ now: number; room: OwnRoom | null }> {
  const [row] = await db.execute<{ now: number; room: OwnRoom | null }>(sql`
    select (extract(epoch from now()) * 1000)::float8 as now, (
      select json_build_object('slug', ${rooms.slug}, 'courseId', ${courses.id})
      from ${rooms} join ${courses} on ${courses.id} = ${rooms.courseId}
      where ${courses.ownerId} = ${userId} and ${courses.kind} = 'personal') as room`);
  if (!row) throw new Error('Postgres did not tell the time');
  return row;
}

/** The course that an account's own room belongs to; null: it has none yet. */
export async function findPersonal(db: Executor, userId: string): Promise<string | null> {
  const [row] = await db
    .select({ id: courses.id })
    .from(courses)
    .where(and(eq(courses.ownerId, userId), eq(courses.kind, 'personal')));
  return row?.id ?? null;
}

/** Makes it. False where it was made at the same time by another call. */
export async function insertPersonal(
  tx: Executor,
  course: { id: string; ownerId: string; title: string; timeZone: string },
): Promise<boolean> {
  const rows = await tx
    .insert(courses)
    .values({ ...course, kind: 'personal', enrolment: 'closed' })
    .onConflictDoNothing()
    .returning({ id: courses.id });
  return rows.length > 0;
}

/** A lesson that should begin now; `startsAt` in ms since the epoch. */
export type DueLesson = {
  lessonId: string;
  title: string;
  courseTitle: string;
  startsAt: number;
  slug: string;
};

/**
 * The lesson that somebody should begin: one that is planned for within a quarter of an hour, or was to have begun and is not over by its plan. The
 * nearest one. @param courseId  only of this course; null: of all that they teach
 */
export async function findDue(
  db: Executor,
  userId: string,
  courseId: string | null,
): Promise<DueLesson | null> {
  const [row] = await db.execute<DueLesson>(sql`
    select ${lessons.id} as "lessonId", ${lessons.title} as title, ${courses.title} as "courseTitle", ${rooms.slug} as slug,
      (extract(epoch from ${lessons.startsAt}) * 1000)::float8 as "startsAt"
    from (${mine(userId)}) mine
    join ${courses} on ${courses.id} = mine.id
    join ${rooms} on ${rooms.courseId} = mine.id
    join ${lessons} on ${lessons.courseId} = mine.id
      and ${lessons.startsAt} between now() - ${LONGEST} and now() + interval '15 minutes'
    where mine.role in ('owner', 'teacher') and ${lessons.status} = 'scheduled' and ${notOver}
      -- What is made for the moment in which it begins is a class that is being started now.
      and ${lessons.createdAt} <> ${lessons.startsAt}
      and ${courseId === null ? sql`true` : sql`mine.id = ${courseId}`}
    order by abs(extract(epoch from ${lessons.startsAt} - now())), ${lessons.id}
    limit 1`);
  return row ?? null;
}

/** A class that was not scheduled, from now on for an hour. */
export async function insertMeeting(
  db: Executor,
  meeting: { id: string; courseId: string; roomId: string; title: string; timeZone: string },
): Promise<void> {
  await db.insert(lessons).values({ ...meeting, startsAt: sql`now()`, durationMinutes: 60 });
}

/** Takes a class back that did not begin, because another one runs in its room. */
export async function deleteMeeting(db: Executor, courseId: string, lessonId: string): Promise<void> {
  await db
    .delete(lessons)
    .where(and(eq(lessons.id, lessonId), eq(lessons.courseId, courseId), eq(lessons.status, 'scheduled')));
}

export async function isRoomLive(db: Executor, roomId: string): Promise<boolean> {
  const rows = await db
    .select({ id: lessons.id })
    .from(lessons)
    .where(and(eq(lessons.roomId, roomId), eq(lessons.status, 'live')));
  return rows.length > 0;
}
