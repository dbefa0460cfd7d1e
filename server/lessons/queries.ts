import { and, asc, desc, eq, gt, inArray, lte, notInArray, or, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { lessons } from '@/db/schema';

export type LessonRow = typeof lessons.$inferSelect;

const endsAt = sql<Date>`${lessons.startsAt} + ${lessons.durationMinutes} * interval '1 minute'`;

/** Postgres' clock, which is the only one that decides anything (L4). */
export async function readClock(db: Executor): Promise<Date> {
  const [row] = await db.execute<{ now: string }>(sql`select now()::text as now`);
  if (!row) throw new Error('Postgres did not tell the time');
  return new Date(row.now);
}

/** People are told of changes a little later, so that what is taken back at once is told to nobody. */
export const noticeSoon = sql`now() + interval '30 seconds'`;

export async function insertLesson(
  db: Executor,
  lesson: Pick<
    LessonRow,
    'id' | 'courseId' | 'roomId' | 'title' | 'startsAt' | 'durationMinutes' | 'timeZone'
  >,
): Promise<LessonRow> {
  const [row] = await db
    .insert(lessons)
    .values({ ...lesson, noticeDueAt: noticeSoon })
    .returning();
  if (!row) throw new Error('The lesson was not stored');
  return row;
}

export async function findLesson(db: Executor, lessonId: string): Promise<LessonRow | null> {
  const [row] = await db.select().from(lessons).where(eq(lessons.id, lessonId));
  return row ?? null;
}

const liveFirst = [sql`${lessons.status} = 'live' desc`, asc(lessons.startsAt), asc(lessons.id)];

/** A course's lessons that are to come: live first, then by time, those called off among them. */
export function listUpcoming(db: Executor, courseId: string): Promise<LessonRow[]> {
  return db
    .select()
    .from(lessons)
    .where(
      and(
        eq(lessons.courseId, courseId),
        or(
          eq(lessons.status, 'live'),
          and(inArray(lessons.status, ['scheduled', 'cancelled']), gt(endsAt, sql`now()`)),
        ),
      ),
    )
    .orderBy(...liveFirst)
    .limit(200);
}

/** A course's lessons that are over, held or not, newest first. */
export function listPast(db: Executor, courseId: string): Promise<LessonRow[]> {
  return db
    .select()
    .from(lessons)
    .where(
      and(
        eq(lessons.courseId, courseId),
        or(
          eq(lessons.status, 'ended'),
          and(notInArray(lessons.status, ['live', 'ended']), lte(endsAt, sql`now()`)),
        ),
      ),
    )
    .orderBy(desc(lessons.startsAt), desc(lessons.id))
    .limit(100);
}

export async function renameLesson(
  db: Executor,
  courseId: string,
  lessonId: string,
  title: string,
): Promise<void> {
  await db
    .update(lessons)
    .set({
      title,
      renamed: sql`${lessons.seriesId} is not null`,
      noticeDueAt: noticeSoon,
    })
    .where(and(eq(lessons.id, lessonId), eq(lessons.courseId, courseId)));
}

/** True where this very call turned a scheduled lesson into a live one. */
export async function markStarted(
  db: Executor,
  lessonId: string,
  startSeq: number,
  at: Date,
): Promise<boolean> {
  const rows = await db
    .update(lessons)
    .set({ status: 'live', startedAt: at, startSeq })
    .where(and(eq(lessons.id, lessonId), eq(lessons.status, 'scheduled')))
    .returning({ id: lessons.id });
  return rows.length > 0;
}

/** True where this very call ended a live lesson. */
export async function markEnded(db: Executor, lessonId: string, endSeq: number, at: Date): Promise<boolean> {
  const rows = await db
    .update(lessons)
    .set({ status: 'ended', endedAt: at, endSeq })
    .where(and(eq(lessons.id, lessonId), eq(lessons.status, 'live')))
    .returning({ id: lessons.id });
  return rows.length > 0;
}
