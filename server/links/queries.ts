import { and, asc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { courses, enrolments, lessons, openPayments, personalLinks, rooms, users } from '@/db/schema';
import type { CourseRole } from '../courses/service';

/** What an account is in the course of the row at hand; null: nothing. */
function roleIn(userId: unknown) {
  return sql<CourseRole | null>`case when ${courses.ownerId} = ${userId} then 'owner' else (
    select ${enrolments.role}::text from ${enrolments}
    where ${enrolments.courseId} = ${courses.id} and ${enrolments.userId} = ${userId}) end`;
}

/** Whether an account's payment is open in the course of the row at hand. */
function paymentOpenOf(userId: unknown) {
  return sql<boolean>`exists (select from ${openPayments}
    where ${openPayments.courseId} = ${courses.id} and ${openPayments.userId} = ${userId})`;
}

const door = (viewerId: string | null) => ({
  lessonId: lessons.id,
  title: lessons.title,
  startsAt: lessons.startsAt,
  durationMinutes: lessons.durationMinutes,
  status: lessons.status,
  roomId: lessons.roomId,
  roomSlug: rooms.slug,
  courseTitle: courses.title,
  teacherName: users.name,
  viewerRole: roleIn(viewerId),
  viewerPaymentOpen: paymentOpenOf(viewerId),
  /** ms since the epoch, Postgres' clock */
  now: sql<number>`(extract(epoch from now()) * 1000)::float8`,
});

/** A lesson with all that its door shows, and the version of its link. One query. */
export async function findLessonDoor(db: Executor, lessonId: string, viewerId: string | null) {
  const [row] = await db
    .select({ ...door(viewerId), version: lessons.linkVersion })
    .from(lessons)
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .innerJoin(users, eq(users.id, courses.ownerId))
    .innerJoin(rooms, eq(rooms.id, lessons.roomId))
    .where(eq(lessons.id, lessonId));
  return row ? { ...row, person: null } : null;
}

/** How long after its planned end a lesson that nobody started may still begin, as `doorState` has it. */
const mayStillBegin = sql`l.status = 'scheduled' and l.starts_at + l.duration_minutes * interval '1 minute' + interval '12 hours' > now()`;

/**
 * Which lesson a personal link leads to. Of a series: the one that runs, else the one that should have begun (or does within a quarter of an hour),
 * else the next one, else the last.
 */
const lessonOfLink = sql`case when ${personalLinks.seriesId} is null then ${personalLinks.lessonId} else (
  select l.id from ${lessons} l
  cross join lateral (select case
    when l.status = 'live' then 0
    when ${mayStillBegin} and l.starts_at <= now() + interval '15 minutes' then 1
    when ${mayStillBegin} then 2
    else 3 end as rank) r
  where l.series_id = ${personalLinks.seriesId}
  order by r.rank, case when r.rank = 2 then l.starts_at end, l.starts_at desc
  limit 1) end`;

/** Who came by their account into a course that they are not in any more has no link either. */
const isStillTheirs = or(isNull(personalLinks.userId), isNotNull(roleIn(personalLinks.userId)));

/** The same by a personal link, with the person it stands for; null for a revoked one. */
export async function findPersonalDoor(db: Executor, linkId: string, viewerId: string | null) {
  const [row] = await db
    .select({
      ...door(viewerId),
      version: personalLinks.version,
      person: {
        linkId: personalLinks.id,
        name: personalLinks.name,
        userId: personalLinks.userId,
        role: roleIn(personalLinks.userId),
        paymentOpen: paymentOpenOf(personalLinks.userId),
      },
    })
    .from(personalLinks)
    .innerJoin(lessons, eq(lessons.id, lessonOfLink))
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .innerJoin(users, eq(users.id, courses.ownerId))
    .innerJoin(rooms, eq(rooms.id, lessons.roomId))
    .where(and(eq(personalLinks.id, linkId), isNull(personalLinks.revokedAt), isStillTheirs));
  return row ?? null;
}

export type DoorRow = NonNullable<Awaited<ReturnType<typeof findPersonalDoor | typeof findLessonDoor>>>;

/** Raises the version of a lesson's link; every one handed out before is void. */
export async function raiseLessonVersion(
  db: Executor,
  courseId: string,
  lessonId: string,
): Promise<number | null> {
  const [row] = await db
    .update(lessons)
    .set({ linkVersion: sql`${lessons.linkVersion} + 1` })
    .where(and(eq(lessons.id, lessonId), eq(lessons.courseId, courseId)))
    .returning({ version: lessons.linkVersion });
  return row?.version ?? null;
}

/** What an account is in a course; null: nothing. */
export async function findCourseRole(
  db: Executor,
  courseId: string,
  userId: string,
): Promise<CourseRole | null> {
  const [row] = await db
    .select({ role: roleIn(userId) })
    .from(courses)
    .where(eq(courses.id, courseId));
  return row?.role ?? null;
}

export type PersonalLinkRow = typeof personalLinks.$inferSelect;

export async function insertPersonalLink(
  db: Executor,
  link: Pick<PersonalLinkRow, 'id' | 'lessonId' | 'userId' | 'name'>,
): Promise<PersonalLinkRow> {
  const [row] = await db.insert(personalLinks).values(link).returning();
  if (!row) throw new Error('The link was not stored');
  return row;
}

/** The links that lead to a lesson: its own, and those to all of its series. */
const leadsTo = (lessonId: string) =>
  or(
    eq(personalLinks.lessonId, lessonId),
    sql`${personalLinks.seriesId} = (select series_id from ${lessons} where ${lessons.id} = ${lessonId})`,
  );

/** The personal links of a lesson that still count, oldest first. */
export function listPersonalLinks(db: Executor, lessonId: string): Promise<PersonalLinkRow[]> {
  return db
    .select()
    .from(personalLinks)
    .where(and(leadsTo(lessonId), isNull(personalLinks.revokedAt)))
    .orderBy(asc(personalLinks.createdAt), asc(personalLinks.id))
    .limit(1000);
}

/** Ends a link for good. True where this very call did. */
export async function revokePersonalLink(db: Executor, lessonId: string, linkId: string): Promise<boolean> {
  const rows = await db
    .update(personalLinks)
    .set({ revokedAt: sql`now()`, version: sql`${personalLinks.version} + 1` })
    .where(and(eq(personalLinks.id, linkId), leadsTo(lessonId), isNull(personalLinks.revokedAt)))
    .returning({ id: personalLinks.id });
  return rows.length > 0;
}

/** A lesson that somebody may come to, with their link to it. Instants in ms since the epoch. */
export type OwnLesson = {
  lessonId: string;
  courseId: string;
  title: string;
  courseTitle: string;
  roomSlug: string;
  timeZone: string;
  at: number;
  staff: boolean;
  link: { id: string; version: number } | null;
};

/**
 * What is live or comes next of somebody's courses: one lesson of each series, soonest first. @param courseId  only of this one
 */
export async function listOwnLessons(
  db: Executor,
  { userId, courseId, limit }: { userId: string; courseId: string | null; limit: number },
): Promise<OwnLesson[]> {
  const rows = await db.execute<OwnLesson>(sql`
    select * from (
      select distinct on (coalesce(l.series_id, l.id)) l.id as "lessonId", c.id as "courseId", l.title,
        c.title as "courseTitle", r.slug as "roomSlug", l.time_zone as "timeZone",
        (extract(epoch from l.starts_at) * 1000)::float8 as at, (c.owner_id = ${userId} or e.role = 'teacher') as staff,
        (select json_build_object('id', p.id, 'version', p.version) from personal_links p
          where p.user_id = ${userId} and p.revoked_at is null
            and (p.series_id = l.series_id or (p.series_id is null and p.lesson_id = l.id))
          order by p.series_id is null, p.created_at desc limit 1) as link
      from lessons l
      join courses c on c.id = l.course_id and c.archived_at is null
      join rooms r on r.id = l.room_id
      left join enrolments e on e.course_id = c.id and e.user_id = ${userId}
      where (c.owner_id = ${userId} or e.scope = 'series' or e.role in ('teacher', 'presenter') or exists (
          select from lesson_registrations g where g.lesson_id = l.id and g.user_id = ${userId} and e.user_id is not null))
        and (l.status = 'live' or (l.status = 'scheduled' and l.starts_at + l.duration_minutes * interval '1 minute' > now()))
        and ${courseId === null ? sql`true` : sql`c.id = ${courseId}`}
      order by coalesce(l.series_id, l.id), l.status = 'live' desc, l.starts_at
    ) next order by at, "lessonId" limit ${limit}`);
  return [...rows];
}

export async function findAccount(
  db: Executor,
  email: string,
): Promise<{ id: string; email: string; name: string } | null> {
  const [row] = await db
    .select({ id: users.id, email: users.email, name: users.name })
    .from(users)
    .where(eq(users.email, email));
  return row ?? null;
}

/** The lesson that a link was made for, whatever has become of the link. */
export async function findLinkedLesson(
  db: Executor,
  { kind, id }: { kind: 'lesson' | 'personal'; id: string },
): Promise<string | null> {
  if (kind === 'lesson') return id;
  const [row] = await db
    .select({ lessonId: personalLinks.lessonId })
    .from(personalLinks)
    .where(eq(personalLinks.id, id));
  return row?.lessonId ?? null;
}

/** A lesson, for who is in its course. */
export async function findLessonOfMember(db: Executor, lessonId: string, userId: string) {
  const [row] = await db
    .select({ courseId: lessons.courseId, title: lessons.title, status: lessons.status })
    .from(lessons)
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .where(and(eq(lessons.id, lessonId), isNotNull(roleIn(userId))));
  return row ?? null;
}
