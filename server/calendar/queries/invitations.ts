import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import {
  calendarChecks,
  calendarInvitations,
  courses,
  lessons,
  lessonSeries,
  personalLinks,
  rooms,
  users,
} from '@/db/schema';
import type { KnownLink } from '../queries';

export type LessonRow = typeof lessons.$inferSelect;
export type SeriesRow = typeof lessonSeries.$inferSelect;
export type Told = NonNullable<LessonRow['told']>;

/** What is told as one: a series, or a lesson that belongs to none. */
export type UnitId = { seriesId: string } | { lessonId: string };

/** Nobody is told of a lesson that was over before anybody was. */
export async function forgetPast(db: Executor): Promise<void> {
  await db
    .update(lessons)
    .set({ noticeDueAt: null })
    .where(
      and(lte(lessons.noticeDueAt, sql`now()`), isNull(lessons.told), lte(lessons.startsAt, sql`now()`)),
    );
}

/** Takes something whose people are to be told by now, until the transaction ends; what another has taken is left to them. */
export async function takeDueUnit(tx: Executor): Promise<UnitId | null> {
  const [lesson] = await tx
    .select({ lessonId: lessons.id })
    .from(lessons)
    .where(and(lte(lessons.noticeDueAt, sql`now()`), isNull(lessons.seriesId)))
    .orderBy(asc(lessons.noticeDueAt))
    .limit(1)
    .for('update', { skipLocked: true });
  if (lesson) return lesson;
  // As long as one of its lessons was changed just now, all of it waits: that change may be taken back.
  const [series] = await tx
    .select({ seriesId: lessonSeries.id })
    .from(lessonSeries)
    .where(
      sql`${lessonSeries.id} in (
        select s.id from ${lessonSeries} s where s.notice_due_at is not null
        union select l.series_id from ${lessons} l where l.notice_due_at is not null and l.series_id is not null)
      and coalesce(${lessonSeries.noticeDueAt} <= now(), true) and not exists (
        select from ${lessons} l where l.series_id = ${lessonSeries.id} and l.notice_due_at > now())`,
    )
    .orderBy(asc(lessonSeries.id))
    .limit(1)
    .for('update', { skipLocked: true });
  return series ?? null;
}

const course = {
  courseId: courses.id,
  courseTitle: courses.title,
  archivedAt: courses.archivedAt,
  teacherName: users.name,
  roomSlug: rooms.slug,
  /** ms since the epoch, Postgres' clock */
  now: sql<number>`(extract(epoch from now()) * 1000)::float8`,
};

export type Unit = {
  series: SeriesRow | null;
  lessons: LessonRow[];
  course: {
    courseId: string;
    courseTitle: string;
    archivedAt: Date | null;
    teacherName: string;
    roomSlug: string;
    now: number;
  };
};

/** Locks it, reads it with its course and all of its lessons in order. */
export async function readUnit(tx: Executor, id: UnitId): Promise<Unit | null> {
  const bySeries = 'seriesId' in id;
  const [series] = bySeries
    ? await tx.select().from(lessonSeries).where(eq(lessonSeries.id, id.seriesId)).for('update')
    : [];
  const rows = await tx
    .select()
    .from(lessons)
    .where(bySeries ? eq(lessons.seriesId, id.seriesId) : eq(lessons.id, id.lessonId))
    .orderBy(asc(lessons.occurrence), asc(lessons.id));
  const [first] = rows;
  if (!first) return null;
  const [found] = await tx
    .select(course)
    .from(courses)
    .innerJoin(users, eq(users.id, courses.ownerId))
    .innerJoin(rooms, eq(rooms.courseId, courses.id))
    .where(eq(courses.id, first.courseId));
  return found ? { series: series ?? null, lessons: rows, course: found } : null;
}

/** Somebody in its course, with what they chose of it. `chosen` null: all of it. */
export type Member = {
  userId: string;
  email: string;
  name: string;
  staff: boolean;
  chosen: string[] | null;
};

/** Who takes part in it. Who is booked, or met in their own room, does as well: the hour is theirs. @param only  of these people */
export async function listMembers(
  tx: Executor,
  { courseId, lessonIds, only }: { courseId: string; lessonIds: readonly string[]; only: string | null },
): Promise<Member[]> {
  const rows = await tx.execute<Member>(sql`
    select u.id as "userId", u.email, u.name, p.staff, p.chosen
    from (
      select e.user_id, e.role = 'teacher' as staff, case when e.scope = 'lessons' and e.role = 'student' then array(
        select g.lesson_id from lesson_registrations g
        where g.user_id = e.user_id and g.lesson_id in (
          select value::uuid from jsonb_array_elements_text(${JSON.stringify(lessonIds)}::jsonb))
      ) end as chosen
      from enrolments e where e.course_id = ${courseId}
      union all
      select c.owner_id, true, null from courses c where c.id = ${courseId} and c.kind <> 'course'
    ) p
    join users u on u.id = p.user_id
    where ${only === null ? sql`true` : sql`u.id = ${only}`}
    order by u.id`);
  return [...rows];
}

export type Holder = {
  subjectId: string;
  userId: string;
  sequence: number;
  withdrawn: boolean;
  email: string;
  name: string;
};

/** Who has, or had, some of these in their calendar. */
export function listHolders(
  tx: Executor,
  subjectIds: readonly string[],
  only: string | null,
): Promise<Holder[]> {
  return tx
    .select({
      subjectId: calendarInvitations.subjectId,
      userId: calendarInvitations.userId,
      sequence: calendarInvitations.sequence,
      withdrawn: calendarInvitations.withdrawn,
      email: users.email,
      name: users.name,
    })
    .from(calendarInvitations)
    .innerJoin(users, eq(users.id, calendarInvitations.userId))
    .where(
      and(
        inArray(calendarInvitations.subjectId, [...subjectIds]),
        only === null ? undefined : eq(calendarInvitations.userId, only),
      ),
    );
}

export type Held = { subjectId: string; userId: string; sequence: number; withdrawn: boolean };

/** Writes down what people have in their calendars now. */
export async function putHeld(tx: Executor, held: readonly Held[]): Promise<void> {
  await tx.execute(sql`
    insert into ${calendarInvitations} (subject_id, user_id, sequence, withdrawn)
    select h."subjectId", h."userId", h.sequence, h.withdrawn
    from jsonb_to_recordset(${JSON.stringify(held)}::jsonb)
      as h("subjectId" uuid, "userId" uuid, sequence int, withdrawn boolean)
    on conflict (subject_id, user_id) do update set sequence = excluded.sequence, withdrawn = excluded.withdrawn`);
}

/** What people know of it now. A change that was made in the meantime stays to be told. */
export async function setTold(
  tx: Executor,
  id: UnitId,
  told: readonly { id: string; told: Told }[],
): Promise<void> {
  await tx.execute(sql`
    update ${lessons} set told = t.told from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as t(id uuid, told jsonb)
    where ${lessons.id} = t.id and ${lessons.told} is distinct from t.told`);
  const bySeries = 'seriesId' in id;
  const its = bySeries ? eq(lessons.seriesId, id.seriesId) : eq(lessons.id, id.lessonId);
  await tx
    .update(lessons)
    .set({ noticeDueAt: null })
    .where(and(its, lte(lessons.noticeDueAt, sql`now()`)));
  if (!bySeries) return;
  const { noticeDueAt } = lessonSeries;
  await tx
    .update(lessonSeries)
    .set({
      told: told.length,
      noticeDueAt: sql`case when ${noticeDueAt} > now() then ${noticeDueAt} end`,
    })
    .where(eq(lessonSeries.id, id.seriesId));
}

/** Their links to a series, or to a lesson by itself: the newest of each person. */
export async function findLinks(
  tx: Executor,
  subject: UnitId,
  userIds: readonly string[],
): Promise<Map<string, KnownLink>> {
  const rows = await tx
    .select()
    .from(personalLinks)
    .where(
      and(
        'seriesId' in subject
          ? eq(personalLinks.seriesId, subject.seriesId)
          : and(eq(personalLinks.lessonId, subject.lessonId), isNull(personalLinks.seriesId)),
        inArray(personalLinks.userId, [...userIds]),
      ),
    )
    .orderBy(asc(personalLinks.createdAt));
  return new Map(
    rows.flatMap(({ id, version, userId, revokedAt }) =>
      userId ? [[userId, { id, version, revoked: revokedAt !== null }] as const] : [],
    ),
  );
}

/** Takes somebody whose calendar is to be put right by now, and forgets that it was. */
export async function takeDueCheck(tx: Executor): Promise<{ courseId: string; userId: string } | null> {
  const due = tx
    .select({ courseId: calendarChecks.courseId, userId: calendarChecks.userId })
    .from(calendarChecks)
    .where(lte(calendarChecks.dueAt, sql`now()`))
    .orderBy(asc(calendarChecks.dueAt))
    .limit(1)
    .for('update', { skipLocked: true });
  const [row] = await tx
    .delete(calendarChecks)
    .where(sql`(${calendarChecks.courseId}, ${calendarChecks.userId}) in ${due}`)
    .returning({ courseId: calendarChecks.courseId, userId: calendarChecks.userId });
  return row ?? null;
}

/** What of a course is still to come and was told already, soonest first. What is to be told soon is told to everybody then. */
export async function listTold(tx: Executor, courseId: string): Promise<UnitId[]> {
  const rows = await tx
    .select({ seriesId: lessons.seriesId, lessonId: lessons.id })
    .from(lessons)
    .leftJoin(lessonSeries, eq(lessonSeries.id, lessons.seriesId))
    .where(
      and(
        eq(lessons.courseId, courseId),
        gt(lessons.startsAt, sql`now()`),
        isNotNull(lessons.told),
        isNull(lessons.noticeDueAt),
        or(isNull(lessonSeries.id), isNull(lessonSeries.noticeDueAt)),
      ),
    )
    .orderBy(asc(lessons.startsAt));
  const units = new Map<string, UnitId>();
  for (const { seriesId, lessonId } of rows)
    units.set(seriesId ?? lessonId, seriesId === null ? { lessonId } : { seriesId });
  return [...units.values()];
}
