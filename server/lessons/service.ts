import type { Attendance } from '@/room/attendance';
import type { App } from '../app';
import { holdTeachers } from '../bookings/service';
import { mayRunLessons, requireCourse } from '../courses/service';
import { AppError } from '../errors';
import { readAttendance } from '../rooms/service';
import { type Adjusted, findOverlaps, planAt, readNow, requirePossible } from './planning';
import * as queries from './queries';
import type { Overlap } from './queries/series';

export { factsOf, type LessonFacts } from './facts';
export { endLesson, startLesson } from './lifecycle';
export { readNow } from './planning';
export { expandRule, type Rule, rruleText } from './recurrence';

export type Schedule = {
  courseId: string;
  title: string;
  /** What a clock in `timeZone` shows, such as `2026-03-29T10:30`. */
  startsAt: string;
  timeZone: string;
  durationMinutes: number;
};

/**
 * Schedules a lesson; owner and teachers may. `adjusted` tells that the clocks change at that hour and what was done,
 * `overlaps` what else its teachers teach then.
 * @throws AppError NOT_FOUND, NOT_ALLOWED; BAD_INPUT `{field, reason}` for a time that is past, too far ahead, no time or
 *   in no known zone, and for a duration outside of 5 to 600 minutes
 */
export async function scheduleLesson(
  app: App,
  userId: string,
  wish: Schedule,
): Promise<{ lessonId: string; adjusted: Adjusted | null; overlaps: Overlap[] }> {
  const course = await requireCourse(app, userId, wish.courseId, mayRunLessons);
  const planned = planAt(wish.startsAt, wish.timeZone);
  requirePossible([planned], wish.durationMinutes, await readNow(app));
  const { title, timeZone, durationMinutes } = wish;
  const id = app.newId();
  const overlaps = await app.db.transaction(async (tx) => {
    // Who books these teachers at the same moment comes before, and is told of here, or after, and finds them taken.
    await holdTeachers(tx, course.id);
    const { roomId } = course;
    const lesson = {
      id,
      courseId: course.id,
      roomId,
      title,
      startsAt: planned.at,
      durationMinutes,
      timeZone,
    };
    const ask = { courseId: course.id, viewerId: userId };
    const found = await findOverlaps({ db: tx }, ask, [{ at: planned.at, durationMinutes }]);
    await queries.insertLesson(tx, lesson);
    return found;
  });
  return { lessonId: id, adjusted: planned.adjusted, overlaps };
}

/**
 * The lesson, for somebody who may run it.
 * @throws AppError NOT_FOUND where its course is not theirs, NOT_ALLOWED
 */
export async function requireLesson(app: App, userId: string, lessonId: string): Promise<queries.LessonRow> {
  const lesson = await queries.findLesson(app.db, lessonId);
  if (!lesson) throw new AppError('NOT_FOUND');
  await requireCourse(app, userId, lesson.courseId, mayRunLessons);
  return lesson;
}

/**
 * Who was in a lesson that is live or over, for those who may run it; nobody where it never began. `now` is the server's
 * clock, ms since the epoch.
 * @throws AppError NOT_FOUND, NOT_ALLOWED
 */
export async function readLessonAttendance(
  app: App,
  userId: string,
  lessonId: string,
): Promise<{ now: number; people: Attendance[] }> {
  const { roomId, startSeq, endSeq, startedAt, endedAt } = await requireLesson(app, userId, lessonId);
  const now = (await queries.readClock(app.db)).getTime();
  if (startSeq === null || !startedAt) return { now, people: [] };
  const span = { startSeq, endSeq, from: startedAt.getTime(), to: endedAt?.getTime() ?? now };
  return { now, people: await readAttendance(app, roomId, span) };
}

/** @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function renameLesson(app: App, userId: string, lessonId: string, title: string): Promise<void> {
  const lesson = await requireLesson(app, userId, lessonId);
  await queries.renameLesson(app.db, lesson.courseId, lesson.id, title);
}
