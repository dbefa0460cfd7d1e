import { and, asc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import {
  courses,
  enrolments,
  lessonRegistrations,
  lessons,
  lessonSeries,
  personalLinks,
  rooms,
  users,
} from '@/db/schema';

export type ReminderKind = 'day' | 'hour' | 'minutes';
export type DueReminder = {
  /** The same for a reminder however often it is looked for. */
  key: string;
  kind: ReminderKind;
  lessonId: string;
  title: string;
  courseTitle: string;
  startsAt: number;
  timeZone: string;
  roomSlug: string;
  userId: string;
  email: string;
  name: string;
  staff: boolean;
};

/**
 * Reminders that are due and not written yet: a day, an hour and five minutes before a lesson. Nothing is planned ahead, so a lesson that is moved or
 * called off takes its reminders with it. One that was missed for too long, or whose lesson was made after it was due, is left out.
 */
export async function listDueReminders(db: Executor, most: number): Promise<DueReminder[]> {
  const key = sql`'reminder:' || l.id || ':' || k.kind || ':' || (extract(epoch from l.starts_at) * 1000)::bigint || ':' || u.id`;
  const rows = await db.execute<DueReminder>(sql`
    with kinds(kind, before, late) as (values
      ('day', interval '1 day', interval '6 hours'),
      ('hour', interval '1 hour', interval '30 minutes'),
      ('minutes', interval '5 minutes', interval '5 minutes'))
    select ${key} as key, k.kind, l.id as "lessonId", l.title, c.title as "courseTitle", l.time_zone as "timeZone",
      (extract(epoch from l.starts_at) * 1000)::float8 as "startsAt", r.slug as "roomSlug",
      u.id as "userId", u.email, u.name, p.staff
    from kinds k
    join lessons l on l.status = 'scheduled' and l.starts_at <= now() + k.before
      and l.starts_at > now() + k.before - k.late and l.starts_at > now() and l.created_at < l.starts_at - k.before
    join courses c on c.id = l.course_id and c.archived_at is null
    join rooms r on r.id = l.room_id
    join lateral (
      select c.owner_id as user_id, true as staff
      union select e.user_id, e.role = 'teacher' from enrolments e
      where e.course_id = c.id and (e.scope = 'series' or exists (
        select 1 from lesson_registrations g where g.lesson_id = l.id and g.user_id = e.user_id))
    ) p on true
    join users u on u.id = p.user_id
    where not exists (select 1 from mail_off o where o.address = u.email and o.category = 'reminder-' || k.kind)
      and not exists (select 1 from mails m where m.key = ${key})
    order by l.starts_at, u.id
    limit ${most}`);
  return [...rows];
}

export type KnownLink = { id: string; version: number; revoked: boolean };
export type NewLink = { lessonId: string; seriesId?: string | null; userId: string; name: string };

/** The personal links that people have to a lesson, by `lesson person`: that to all of its series, else the newest. */
export async function findPersonalLinks(
  db: Executor,
  lessonIds: readonly string[],
): Promise<Map<string, KnownLink>> {
  const rows = await db
    .select({ link: personalLinks, lessonId: lessons.id })
    .from(personalLinks)
    .innerJoin(
      lessons,
      or(
        eq(lessons.seriesId, personalLinks.seriesId),
        and(isNull(personalLinks.seriesId), eq(lessons.id, personalLinks.lessonId)),
      ),
    )
    .where(inArray(lessons.id, [...lessonIds]))
    .orderBy(sql`${personalLinks.seriesId} is not null`, asc(personalLinks.createdAt));
  return new Map(
    rows.flatMap(({ lessonId, link: { id, version, revokedAt, userId } }) =>
      userId ? [[`${lessonId} ${userId}`, { id, version, revoked: revokedAt !== null }] as const] : [],
    ),
  );
}

export async function insertPersonalLinks(
  db: Executor,
  links: readonly (NewLink & { id: string })[],
): Promise<void> {
  if (links.length > 0) await db.insert(personalLinks).values([...links]);
}

/** Lessons of an account's courses that touch a span of time, with their course. Instants in ms. */
export function listInSpan(db: Executor, userId: string, from: Date, to: Date) {
  return db
    .select({
      lesson: lessons,
      courseTitle: courses.title,
      roomSlug: rooms.slug,
      role: sql<
        'owner' | 'teacher' | 'presenter' | 'student'
      >`case when ${courses.ownerId} = ${userId} then 'owner' else ${enrolments.role}::text end`,
    })
    .from(lessons)
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .innerJoin(rooms, eq(rooms.id, lessons.roomId))
    .leftJoin(enrolments, and(eq(enrolments.courseId, courses.id), eq(enrolments.userId, userId)))
    .where(
      and(
        isNull(courses.archivedAt),
        or(
          eq(courses.ownerId, userId),
          and(
            eq(enrolments.userId, userId),
            or(
              eq(enrolments.scope, 'series'),
              sql`exists (select 1 from ${lessonRegistrations} where ${lessonRegistrations.lessonId} = ${lessons.id} and ${lessonRegistrations.userId} = ${userId})`,
            ),
          ),
        ),
        lt(lessons.startsAt, to),
        sql`${lessons.startsAt} + ${lessons.durationMinutes} * interval '1 minute' > ${from.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(asc(lessons.startsAt), asc(lessons.id))
    .limit(2000);
}

/** The version of somebody's feed; null where they have none, or turned it off, or there is nobody. */
export async function findFeedVersion(db: Executor, userId: string): Promise<number | null> {
  const [row] = await db.select({ version: users.feedVersion }).from(users).where(eq(users.id, userId));
  return row?.version && row.version > 0 ? row.version : null;
}

/** Gives somebody a feed, or another one in its place. */
export async function raiseFeedVersion(db: Executor, userId: string): Promise<number> {
  const [row] = await db
    .update(users)
    .set({ feedVersion: sql`abs(coalesce(${users.feedVersion}, 0)) + 1` })
    .where(eq(users.id, userId))
    .returning({ version: users.feedVersion });
  return row?.version ?? 1;
}

/** Turns somebody's feed off. Which version it had stays known, so that no address comes to life again. */
export async function dropFeedVersion(db: Executor, userId: string): Promise<void> {
  await db
    .update(users)
    .set({ feedVersion: sql`-abs(${users.feedVersion})` })
    .where(eq(users.id, userId));
}

/** A lesson as a file is made of it; `asker`: what they are in its course, null for who is not in it. */
export async function findLessonFile(db: Executor, lessonId: string, askerId: string | null) {
  const [row] = await db
    .select({
      lesson: lessons,
      courseTitle: courses.title,
      roomSlug: rooms.slug,
      open: sql<boolean>`${courses.visibility} = 'public' and ${courses.kind} = 'course'`,
      mine: sql<boolean>`${courses.ownerId} = ${askerId} or ${enrolments.userId} is not null`,
    })
    .from(lessons)
    .innerJoin(courses, and(eq(courses.id, lessons.courseId), isNull(courses.archivedAt)))
    .innerJoin(rooms, eq(rooms.id, lessons.roomId))
    .leftJoin(enrolments, and(eq(enrolments.courseId, courses.id), sql`${enrolments.userId} = ${askerId}`))
    .where(eq(lessons.id, lessonId));
  return row ?? null;
}

/** A series with all of its lessons. */
export async function findSeriesFile(db: Executor, seriesId: string) {
  const [series] = await db.select().from(lessonSeries).where(eq(lessonSeries.id, seriesId));
  const all = await db
    .select()
    .from(lessons)
    .where(eq(lessons.seriesId, seriesId))
    .orderBy(asc(lessons.occurrence));
  return series ? { series, lessons: all } : null;
}
