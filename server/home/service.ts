import type { App } from '../app';
import { type CourseRole, mayRunLessons } from '../courses/service';
import { lessonLinkUrl } from '../links/service';
import * as queries from './queries';

/** Courses of one answer: more are asked for. */
const COURSES = 24;
const FACES = 4;
/** The rest of today wherever on earth the reader is; which of it is today, the browser knows. */
const TODAY_HOURS = 30;
const TODAY = 12;
const REQUESTS = 10;
const FAILED = 5;

function lessonOf(app: App, role: CourseRole, row: queries.HomeLessonRow) {
  const { id, title, durationMinutes, timeZone, status } = row;
  const link = mayRunLessons(role) ? lessonLinkUrl(app, row) : null;
  return { id, title, durationMinutes, timeZone, status, startsAt: new Date(row.startsAt).getTime(), link };
}

function courseOf(app: App, { next, total: _total, taught: _taught, ...course }: queries.HomeCourseRow) {
  return { ...course, next: next && lessonOf(app, course.role, next) };
}

/**
 * What somebody comes home to: the next lesson, what else is today, what is to be done, the courses that meet soonest. Five statements,
 * however much there is. Instants in ms since the epoch; `now` is the server's clock.
 */
export async function readHome(app: App, userId: string) {
  const { db } = app;
  const [{ now, room }, courses, today, requests, failed] = await Promise.all([
    queries.readClockAndRoom(db, userId),
    queries.listHomeCourses(db, userId, { limit: COURSES, offset: 0, faces: FACES }),
    // The next one stands by itself; what comes after the others says whether there is more.
    queries.listToday(db, userId, { hours: TODAY_HOURS, limit: TODAY + 2 }),
    queries.listOpenRequests(db, userId, REQUESTS),
    queries.listFailed(db, userId, FAILED),
  ]);
  const [first] = courses;
  const soon = today.map(({ courseId, courseTitle, role, roomSlug, ...lesson }) => ({
    lesson: lessonOf(app, role, lesson),
    course: { id: courseId, title: courseTitle, role, roomSlug },
  }));
  const later = first?.next && {
    lesson: lessonOf(app, first.role, first.next),
    course: { id: first.id, title: first.title, role: first.role, roomSlug: first.roomSlug },
  };
  return {
    now,
    room,
    teaches: (first?.taught ?? 0) > 0,
    next: soon[0] ?? later ?? null,
    today: soon.slice(1, TODAY + 1),
    /** When the first lesson begins that is not among today's; null: there is none. */
    todayGoesOnAt: soon[TODAY + 1]?.lesson.startsAt ?? null,
    requests,
    failed,
    courses: courses.map((course) => courseOf(app, course)),
    courseCount: first?.total ?? 0,
  };
}

/** The courses after those that home shows first. */
export async function readMoreCourses(app: App, userId: string, offset: number) {
  const rows = await queries.listHomeCourses(app.db, userId, { limit: 500, offset, faces: FACES });
  return rows.map((course) => courseOf(app, course));
}
