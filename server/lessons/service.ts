import type { App } from '../app';
import {
  type CourseLine,
  type CourseRole,
  getCourse,
  listCourses,
  mayRunLessons,
  requireCourse,
} from '../courses/service';
import { AppError } from '../errors';
import { lessonLinkUrl } from '../links/service';
import { checkSchedule, type LessonStatus, mayCancel } from './policy';
import * as queries from './queries';
import { resolveWallClock } from './wall-clock';

export { endLesson, startLesson } from './lifecycle';

/** A lesson as its course's people see it. Instants are ms since the epoch. */
export type LessonView = {
  id: string;
  courseId: string;
  title: string;
  startsAt: number;
  durationMinutes: number;
  /** The IANA zone that the start was meant in. */
  timeZone: string;
  status: LessonStatus;
  startedAt: number | null;
  endedAt: number | null;
  /** The shared link, for those who hand it out: owner and teachers, while it opens anything. */
  link: string | null;
};

function toView(app: App, role: CourseRole, row: queries.LessonRow): LessonView {
  const { id, courseId, title, durationMinutes, timeZone, status } = row;
  return {
    id,
    courseId,
    title,
    durationMinutes,
    timeZone,
    status,
    startsAt: row.startsAt.getTime(),
    startedAt: row.startedAt?.getTime() ?? null,
    endedAt: row.endedAt?.getTime() ?? null,
    link:
      mayRunLessons(role) && (status === 'scheduled' || status === 'live') ? lessonLinkUrl(app, row) : null,
  };
}

export type Schedule = {
  courseId: string;
  title: string;
  /** What a clock in `timeZone` shows, such as `2026-03-29T10:30`. */
  startsAt: string;
  timeZone: string;
  durationMinutes: number;
};

/**
 * Schedules a lesson; owner and teachers may. `adjusted` tells that the clocks change at that hour and what was done.
 * @throws AppError NOT_FOUND, NOT_ALLOWED; BAD_INPUT `{field, reason}` for a time that is past, too far ahead, no time or
 *   in no known zone, and for a duration outside of 5 to 600 minutes
 */
export async function scheduleLesson(
  app: App,
  userId: string,
  wish: Schedule,
): Promise<{ lesson: LessonView; adjusted: null | 'skipped' | 'repeated' }> {
  const course = await requireCourse(app, userId, wish.courseId, mayRunLessons);
  const clock = resolveWallClock(wish.startsAt, wish.timeZone);
  if (!clock.ok) {
    throw new AppError('BAD_INPUT', {
      field: clock.reason === 'zone' ? 'timeZone' : 'startsAt',
      reason: clock.reason,
    });
  }
  const now = await queries.readClock(app.db);
  const problem = checkSchedule(clock.at.getTime(), wish.durationMinutes, now.getTime());
  if (problem) throw new AppError('BAD_INPUT', problem);
  const row = await queries.insertLesson(app.db, {
    id: app.newId(),
    courseId: course.id,
    roomId: course.roomId,
    title: wish.title,
    startsAt: clock.at,
    durationMinutes: wish.durationMinutes,
    timeZone: wish.timeZone,
  });
  return { lesson: toView(app, course.role, row), adjusted: clock.adjusted };
}

/** A course's lessons: what is live or to come, and what is over. `now` is the server's clock. @throws AppError NOT_FOUND */
export async function listLessons(app: App, userId: string, courseId: string) {
  const { role } = await getCourse(app, userId, courseId);
  const [now, upcoming, past] = await Promise.all([
    queries.readClock(app.db),
    queries.listUpcoming(app.db, courseId),
    queries.listPast(app.db, courseId),
  ]);
  const view = (row: queries.LessonRow) => toView(app, role, row);
  return { now: now.getTime(), upcoming: upcoming.map(view), past: past.map(view) };
}

export type Dashboard = { now: number; courses: CourseLine[]; open: LessonView[] };

/** Every course of an account, and every lesson that is live or still to come, soonest first: four queries, however many. */
export async function readDashboard(app: App, userId: string): Promise<Dashboard> {
  const [now, courses] = await Promise.all([queries.readClock(app.db), listCourses(app, userId)]);
  const open = courses.length
    ? await queries.listOpen(
        app.db,
        courses.map((course) => course.id),
      )
    : [];
  const roles = new Map(courses.map((course) => [course.id, course.role]));
  const view = (row: queries.LessonRow) => toView(app, roles.get(row.courseId) ?? 'student', row);
  return { now: now.getTime(), courses, open: open.map(view) };
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

/** @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function renameLesson(app: App, userId: string, lessonId: string, title: string): Promise<void> {
  const lesson = await requireLesson(app, userId, lessonId);
  await queries.renameLesson(app.db, lesson.courseId, lesson.id, title);
}

/**
 * Calls a lesson off (`cancelled`), or takes that back (`scheduled`).
 * @throws AppError NOT_FOUND, NOT_ALLOWED; LESSON_ENDED once it has begun or is over
 */
export async function setCancelled(
  app: App,
  userId: string,
  lessonId: string,
  to: 'scheduled' | 'cancelled',
): Promise<void> {
  const lesson = await requireLesson(app, userId, lessonId);
  const changed =
    mayCancel(lesson.status) && (await queries.setCancelled(app.db, lesson.courseId, lesson.id, to));
  if (!changed) throw new AppError('LESSON_ENDED');
}
