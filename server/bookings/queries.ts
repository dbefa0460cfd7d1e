import { and, asc, count, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import {
  bookingHours,
  bookingOffers,
  bookingSlots,
  courses,
  enrolments,
  lessons,
  rooms,
  users,
} from '@/db/schema';

export type HoursRow = typeof bookingHours.$inferSelect;
export type OfferRow = typeof bookingOffers.$inferSelect;

/** Whole ms since the epoch. */
const ms = (at: unknown) => sql<number>`floor(extract(epoch from ${at}) * 1000)::float8`;
const instant = (at: number) => sql`${new Date(at).toISOString()}::timestamptz`;
/** No lesson is longer: what began before is over. */
const LONGEST = sql`interval '600 minutes'`;

const bookable = {
  offer: bookingOffers,
  hours: bookingHours,
  teacherName: users.name,
  /** Postgres' clock, ms since the epoch. */
  now: ms(sql`clock_timestamp()`),
};

/** What can be booked at an address, with the hours of its teacher. */
export async function findBookable(db: Executor, slug: string) {
  const [row] = await db
    .select(bookable)
    .from(bookingOffers)
    .innerJoin(bookingHours, eq(bookingHours.teacherId, bookingOffers.teacherId))
    .innerJoin(users, eq(users.id, bookingOffers.teacherId))
    .where(and(eq(bookingOffers.slug, slug), isNull(bookingOffers.archivedAt)));
  return row ?? null;
}
export type Bookable = NonNullable<Awaited<ReturnType<typeof findBookable>>>;

/** Something that a teacher is taken by. Instants in ms since the epoch. */
export type Taken = {
  /** Null: a lesson of one of their courses. */
  slotId: string | null;
  /** With the buffers. */
  from: number;
  to: number;
  /** When it begins. */
  at: number;
  minutes: number;
  offerId: string | null;
  courseId: string;
  lessonId: string;
  students: number;
  status: 'scheduled' | 'live';
};

/** All that a teacher is taken by within a span: booked hours, and the lessons that they teach. */
export async function listTaken(
  db: Executor,
  teacherId: string,
  { from, to }: { from: number; to: number },
): Promise<Taken[]> {
  const ends = sql`${lessons.startsAt} + ${lessons.durationMinutes} * interval '1 minute'`;
  const rows = await db.execute<Taken>(sql`
    select ${bookingSlots.id} as "slotId", ${ms(bookingSlots.startsAt)} as "from", ${ms(bookingSlots.endsAt)} as "to",
      ${ms(lessons.startsAt)} as at, ${lessons.durationMinutes} as minutes, ${bookingSlots.offerId} as "offerId",
      ${bookingSlots.courseId} as "courseId", ${lessons.id} as "lessonId", ${lessons.status} as status,
      (select count(*)::int from ${enrolments} where ${enrolments.courseId} = ${bookingSlots.courseId}
        and ${enrolments.role} = 'student') as students
    from ${bookingSlots} join ${lessons} on ${lessons.id} = ${bookingSlots.lessonId}
    where ${bookingSlots.teacherId} = ${teacherId} and ${bookingSlots.status} <> 'cancelled'
      and ${bookingSlots.endsAt} > ${instant(from)} and ${bookingSlots.startsAt} < ${instant(to)}
      and ${lessons.status} in ('scheduled', 'live')
    union all
    select null, ${ms(lessons.startsAt)}, ${ms(ends)}, ${ms(lessons.startsAt)}, ${lessons.durationMinutes}, null,
      ${lessons.courseId}, ${lessons.id}, ${lessons.status}, 0
    from (
      select ${courses.id} as id from ${courses} where ${courses.ownerId} = ${teacherId} and ${courses.archivedAt} is null
      union
      select ${enrolments.courseId} from ${enrolments} where ${enrolments.userId} = ${teacherId} and ${enrolments.role} = 'teacher'
    ) taught
    join ${lessons} on ${lessons.courseId} = taught.id
      and ${lessons.startsAt} > ${instant(from)} - ${LONGEST} and ${lessons.startsAt} < ${instant(to)}
    where ${lessons.status} in ('scheduled', 'live') and ${ends} > ${instant(from)}
      and not exists (select from ${bookingSlots} where ${bookingSlots.lessonId} = ${lessons.id})`);
  return [...rows];
}

/** Who books or schedules at the same time for one of these teachers waits until the transaction ends. */
export async function lockTeachers(tx: Executor, teacherIds: readonly string[]): Promise<void> {
  await tx
    .select({ id: users.id })
    .from(users)
    .where(inArray(users.id, [...teacherIds]))
    .orderBy(asc(users.id))
    .for('no key update');
}

/** Its owner and its teachers. */
export async function listTeachers(db: Executor, courseId: string): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select ${courses.ownerId} as id from ${courses} where ${courses.id} = ${courseId}
    union select ${enrolments.userId} from ${enrolments} where ${enrolments.courseId} = ${courseId} and ${enrolments.role} = 'teacher'`);
  return rows.map(({ id }) => id);
}

/** The course that a booked hour is. */
export async function insertBookingCourse(
  tx: Executor,
  course: { id: string; ownerId: string; title: string; timeZone: string; capacity: number },
): Promise<void> {
  await tx.insert(courses).values({ ...course, kind: 'booking', enrolment: 'closed' });
}

const soon = sql`now() + interval '5 seconds'`;

export async function insertBookedLesson(
  tx: Executor,
  lesson: Pick<
    typeof lessons.$inferInsert,
    'id' | 'courseId' | 'roomId' | 'title' | 'startsAt' | 'durationMinutes' | 'timeZone'
  >,
): Promise<void> {
  await tx.insert(lessons).values({ ...lesson, noticeDueAt: soon });
}

export async function insertSlot(tx: Executor, slot: typeof bookingSlots.$inferInsert): Promise<void> {
  await tx.insert(bookingSlots).values(slot);
}

/** A booked hour is where its lesson is, and is called off with it. For lessons that are none this does nothing. */
export async function followLessons(tx: Executor, lessonIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update ${bookingSlots} set
      starts_at = l.starts_at - ${bookingSlots.bufferBeforeMinutes} * interval '1 minute',
      ends_at = l.starts_at + (l.duration_minutes + ${bookingSlots.bufferAfterMinutes}) * interval '1 minute',
      status = (case when l.status = 'cancelled' then 'cancelled' else 'booked' end)::slot_status
    from lessons l
    where l.id = ${bookingSlots.lessonId} and l.id in ${[...lessonIds]}`);
}

/** Moves a lesson that has not begun, or calls it off, and lets its people be told. False where it has begun, or was called off. */
export async function changeLesson(
  tx: Executor,
  lessonId: string,
  change: { startsAt: Date } | { status: 'cancelled' },
): Promise<boolean> {
  const rows = await tx
    .update(lessons)
    .set({ ...change, version: sql`${lessons.version} + 1`, noticeDueAt: soon })
    .where(and(eq(lessons.id, lessonId), eq(lessons.status, 'scheduled')))
    .returning({ id: lessons.id });
  return rows.length > 0;
}

/** The last student of a booked hour has cancelled it. */
export async function markGivenUp(tx: Executor, lessonId: string): Promise<void> {
  await tx.update(bookingSlots).set({ givenUp: true }).where(eq(bookingSlots.lessonId, lessonId));
}

/** Which of these lessons are booked hours that their students cancelled. */
export async function listGivenUp(db: Executor, lessonIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ lessonId: bookingSlots.lessonId })
    .from(bookingSlots)
    .where(and(inArray(bookingSlots.lessonId, [...lessonIds]), bookingSlots.givenUp));
  return new Set(rows.map(({ lessonId }) => lessonId));
}

export async function isBookedHour(db: Executor, courseId: string): Promise<boolean> {
  const rows = await db
    .select({ id: bookingSlots.id })
    .from(bookingSlots)
    .where(eq(bookingSlots.courseId, courseId));
  return rows.length > 0;
}

export async function countStudents(db: Executor, courseId: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(enrolments)
    .where(and(eq(enrolments.courseId, courseId), eq(enrolments.role, 'student')));
  return row?.count ?? 0;
}

/** A booking as one of its people sees it; null where it is none of theirs. */
export async function findBooking(db: Executor, lessonId: string, userId: string) {
  const [row] = await db
    .select({
      ...bookable,
      slotId: bookingSlots.id,
      courseId: bookingSlots.courseId,
      lesson: lessons,
      isTeacher: sql<boolean>`${bookingSlots.teacherId} = ${userId}`,
      students: sql<number>`(select count(*)::int from ${enrolments}
        where ${enrolments.courseId} = ${bookingSlots.courseId} and ${enrolments.role} = 'student')`,
    })
    .from(bookingSlots)
    .innerJoin(lessons, eq(lessons.id, bookingSlots.lessonId))
    .innerJoin(bookingOffers, eq(bookingOffers.id, bookingSlots.offerId))
    .innerJoin(bookingHours, eq(bookingHours.teacherId, bookingSlots.teacherId))
    .innerJoin(users, eq(users.id, bookingSlots.teacherId))
    .where(
      and(
        eq(bookingSlots.lessonId, lessonId),
        sql`(${bookingSlots.teacherId} = ${userId} or exists (select from ${enrolments}
          where ${enrolments.courseId} = ${bookingSlots.courseId} and ${enrolments.userId} = ${userId}))`,
      ),
    );
  return row ?? null;
}

/** A booked hour in somebody's list. Instants in ms since the epoch. */
export type BookingRow = {
  lessonId: string;
  courseId: string;
  title: string;
  startsAt: number;
  durationMinutes: number;
  timeZone: string;
  status: 'scheduled' | 'live' | 'cancelled';
  version: number;
  linkVersion: number;
  roomSlug: string;
  offerSlug: string;
  role: 'owner' | 'student';
  teacherName: string;
  seats: number;
  changeMinutes: number;
  /** Its students cancelled it. */
  givenUp: boolean;
  students: { id: string; name: string }[];
};

/** What is booked with somebody and by them and not over, soonest first. */
export async function listBookings(db: Executor, userId: string, most: number): Promise<BookingRow[]> {
  const rows = await db.execute<BookingRow>(sql`
    select ${lessons.id} as "lessonId", ${lessons.courseId} as "courseId", ${lessons.title} as title,
      ${ms(lessons.startsAt)} as "startsAt", ${lessons.durationMinutes} as "durationMinutes", ${lessons.timeZone} as "timeZone",
      ${lessons.status} as status, ${lessons.version} as version, ${lessons.linkVersion} as "linkVersion",
      ${rooms.slug} as "roomSlug", ${bookingOffers.slug} as "offerSlug", mine.role as role, ${users.name} as "teacherName",
      ${bookingOffers.seats} as seats, ${bookingHours.changeMinutes} as "changeMinutes",
      ${bookingSlots.givenUp} as "givenUp",
      coalesce((select json_agg(json_build_object('id', s.id, 'name', s.name) order by e.created_at, s.id)
        from enrolments e join users s on s.id = e.user_id
        where e.course_id = ${lessons.courseId} and e.role = 'student'), '[]'::json) as students
    from (
      select ${bookingSlots.id} as id, 'owner' as role from ${bookingSlots}
      where ${bookingSlots.teacherId} = ${userId} and ${bookingSlots.endsAt} > now() - ${LONGEST}
      union all
      select ${bookingSlots.id}, 'student' from ${enrolments} join ${bookingSlots} on ${bookingSlots.courseId} = ${enrolments.courseId}
      where ${enrolments.userId} = ${userId} and ${bookingSlots.endsAt} > now() - ${LONGEST}
    ) mine
    join ${bookingSlots} on ${bookingSlots.id} = mine.id
    join ${lessons} on ${lessons.id} = ${bookingSlots.lessonId}
    join ${rooms} on ${rooms.id} = ${lessons.roomId}
    join ${bookingOffers} on ${bookingOffers.id} = ${bookingSlots.offerId}
    join ${bookingHours} on ${bookingHours.teacherId} = ${bookingSlots.teacherId}
    join ${users} on ${users.id} = ${bookingSlots.teacherId}
    where ${lessons.status} = 'live' or (${lessons.status} in ('scheduled', 'cancelled')
      and ${lessons.startsAt} + ${lessons.durationMinutes} * interval '1 minute' > now())
    order by ${lessons.startsAt}, ${lessons.id}
    limit ${most}`);
  return [...rows];
}
