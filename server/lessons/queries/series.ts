import { and, asc, eq, gt, gte, inArray, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { lessonSeries, lessons } from '@/db/schema';
import { type LessonRow, noticeSoon } from '../queries';

export type SeriesRow = typeof lessonSeries.$inferSelect;

export async function insertSeries(
  db: Executor,
  series: Pick<
    SeriesRow,
    'id' | 'courseId' | 'title' | 'firstLocal' | 'timeZone' | 'durationMinutes' | 'rule' | 'version'
  >,
): Promise<void> {
  await db.insert(lessonSeries).values({ ...series, noticeDueAt: noticeSoon });
}

export type NewLesson = Pick<
  LessonRow,
  | 'id'
  | 'courseId'
  | 'roomId'
  | 'title'
  | 'startsAt'
  | 'durationMinutes'
  | 'timeZone'
  | 'seriesId'
  | 'occurrence'
>;

export async function insertLessons(db: Executor, rows: readonly NewLesson[]): Promise<void> {
  await db.insert(lessons).values([...rows]);
}

export async function findSeries(db: Executor, seriesId: string): Promise<SeriesRow | null> {
  const [row] = await db.select().from(lessonSeries).where(eq(lessonSeries.id, seriesId));
  return row ?? null;
}

export function listSeries(db: Executor, seriesIds: readonly string[]): Promise<SeriesRow[]> {
  return db
    .select()
    .from(lessonSeries)
    .where(inArray(lessonSeries.id, [...seriesIds]));
}

/**
 * Takes a series for a change, until the transaction ends, and raises its version and that of its lessons.
 * @returns the version that it has now; null where it was changed since `version`
 */
export async function takeSeries(db: Executor, seriesId: string, version: number): Promise<number | null> {
  const [row] = await db
    .update(lessonSeries)
    .set({ version: sql`${lessonSeries.version} + 1` })
    .where(and(eq(lessonSeries.id, seriesId), eq(lessonSeries.version, version)))
    .returning({ version: lessonSeries.version });
  if (!row) return null;
  await db.update(lessons).set({ version: row.version }).where(eq(lessons.seriesId, seriesId));
  return row.version;
}

/** The same for a lesson that belongs to no series. */
export async function takeLesson(db: Executor, lessonId: string, version: number): Promise<number | null> {
  const [row] = await db
    .update(lessons)
    .set({ version: sql`${lessons.version} + 1` })
    .where(and(eq(lessons.id, lessonId), eq(lessons.version, version)))
    .returning({ version: lessons.version });
  return row?.version ?? null;
}

export async function changeSeries(
  db: Executor,
  seriesId: string,
  change: Partial<Pick<SeriesRow, 'title' | 'firstLocal' | 'timeZone' | 'durationMinutes' | 'rule'>>,
): Promise<void> {
  await db.update(lessonSeries).set(change).where(eq(lessonSeries.id, seriesId));
}

/** Everybody who has it in a calendar is to be told. */
export async function noticeSeries(db: Executor, seriesId: string): Promise<void> {
  await db.update(lessonSeries).set({ noticeDueAt: noticeSoon }).where(eq(lessonSeries.id, seriesId));
}

export async function noticeLessons(db: Executor, lessonIds: readonly string[]): Promise<void> {
  await db
    .update(lessons)
    .set({ noticeDueAt: noticeSoon })
    .where(inArray(lessons.id, [...lessonIds]));
}

/** Lessons of a series that are still to come, called off or not, in order; from an occurrence on, or all. */
export function listAhead(db: Executor, seriesId: string, from: string | null): Promise<LessonRow[]> {
  return db
    .select()
    .from(lessons)
    .where(
      and(
        eq(lessons.seriesId, seriesId),
        inArray(lessons.status, ['scheduled', 'cancelled']),
        gt(lessons.startsAt, sql`now()`),
        from === null ? undefined : gte(lessons.occurrence, from),
      ),
    )
    .orderBy(asc(lessons.occurrence))
    .for('update');
}

export async function hasOthers(
  db: Executor,
  seriesId: string,
  lessonIds: readonly string[],
): Promise<boolean> {
  const rows = await db
    .select({ id: lessons.id })
    .from(lessons)
    .where(and(eq(lessons.seriesId, seriesId), sql`not (${inArray(lessons.id, [...lessonIds])})`))
    .limit(1);
  return rows.length > 0;
}

export type LessonChange = Pick<
  LessonRow,
  | 'id'
  | 'title'
  | 'startsAt'
  | 'durationMinutes'
  | 'timeZone'
  | 'seriesId'
  | 'occurrence'
  | 'moved'
  | 'renamed'
  | 'version'
>;

/** Changes lessons that have not begun; one that was started in the meantime is left as it is. Gives how many it were. */
export async function changeLessons(db: Executor, changes: readonly LessonChange[]): Promise<number> {
  const json = JSON.stringify(
    changes.map((change) => ({ ...change, startsAt: change.startsAt.toISOString() })),
  );
  const rows = await db.execute(sql`
    update lessons set
      title = c.title, starts_at = c."startsAt", duration_minutes = c."durationMinutes", time_zone = c."timeZone",
      series_id = c."seriesId", occurrence = c.occurrence, moved = c.moved, renamed = c.renamed, version = c.version
    from jsonb_to_recordset(${json}::jsonb) as c(
      id uuid, title text, "startsAt" timestamptz, "durationMinutes" int, "timeZone" text, "seriesId" uuid,
      occurrence text, moved boolean, renamed boolean, version int)
    where lessons.id = c.id and lessons.status in ('scheduled', 'cancelled')
    returning lessons.id`);
  return rows.length;
}

/** Calls lessons off, or takes that back. Gives those that changed. */
export async function setStatus(
  db: Executor,
  courseId: string,
  lessonIds: readonly string[],
  to: 'scheduled' | 'cancelled',
): Promise<LessonRow[]> {
  const from = to === 'cancelled' ? 'scheduled' : 'cancelled';
  return db
    .update(lessons)
    .set({ status: to })
    .where(and(inArray(lessons.id, [...lessonIds]), eq(lessons.courseId, courseId), eq(lessons.status, from)))
    .returning();
}

export type Overlap = {
  lessonId: string;
  /** Null where the lesson is of a course that the asker is not in: that the teacher is busy is all they learn. */
  title: string | null;
  teacherName: string;
  startsAt: number;
  durationMinutes: number;
};

/**
 * Lessons that somebody who teaches this course teaches at one of these times, in this course or another: soonest first.
 * @param spans  instants in ms
 */
export async function listOverlaps(
  db: Executor,
  ask: {
    courseId: string;
    viewerId: string;
    spans: readonly { from: number; to: number }[];
    except: readonly string[];
  },
): Promise<Overlap[]> {
  const spans = JSON.stringify(ask.spans);
  const rows = await db.execute<{
    lesson_id: string;
    title: string | null;
    teacher_name: string;
    starts_at: number;
    duration_minutes: number;
  }>(sql`
    with teaches as (
      select c.id as course_id, c.owner_id as user_id from courses c where c.archived_at is null
      union select e.course_id, e.user_id from enrolments e where e.role = 'teacher'
    ), mine as (select user_id from teaches where course_id = ${ask.courseId})
    select distinct on (l.starts_at, l.id) l.id as lesson_id,
      case when exists (
        select 1 from courses c left join enrolments e on e.course_id = c.id and e.user_id = ${ask.viewerId}
        where c.id = l.course_id and (c.owner_id = ${ask.viewerId} or e.user_id is not null)
      ) then l.title end as title,
      u.name as teacher_name, (extract(epoch from l.starts_at) * 1000)::float8 as starts_at, l.duration_minutes
    from lessons l
    join teaches t on t.course_id = l.course_id
    join mine on mine.user_id = t.user_id
    join users u on u.id = t.user_id
    join jsonb_to_recordset(${spans}::jsonb) as s("from" float8, "to" float8)
      on l.starts_at < to_timestamp(s."to" / 1000)
      and l.starts_at + l.duration_minutes * interval '1 minute' > to_timestamp(s."from" / 1000)
    where l.status in ('scheduled', 'live')
      and not (l.id = any(${sql.param(`{${ask.except.join(',')}}`)}::uuid[]))
    order by l.starts_at, l.id, u.name
    limit 5`);
  return rows.map((row) => ({
    lessonId: row.lesson_id,
    title: row.title,
    teacherName: row.teacher_name,
    startsAt: row.starts_at,
    durationMinutes: row.duration_minutes,
  }));
}
