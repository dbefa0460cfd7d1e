import type { App } from '../app';
import { AppError } from '../errors';
import { createRoom } from '../rooms/service';
import { type CourseRole, mayManageCourse } from './policy';
import * as queries from './queries';
import { deleteEnrolment } from './queries/seats';
import { takeSeat } from './seats';

export type { CoursePerson, MyCourse } from './queries';
export { type CourseRole, mayRunLessons } from './policy';
export { deleteEnrolment as giveUpSeat } from './queries/seats';
export { takeSeat } from './seats';

/** Makes a course with its room, both or neither. */
export async function createCourse(
  app: App,
  userId: string,
  { title, description, timeZone = 'UTC' }: { title: string; description: string; timeZone?: string },
): Promise<{ id: string; roomSlug: string }> {
  return app.db.transaction(async (tx) => {
    const id = app.newId();
    await queries.insertCourse(tx, { id, ownerId: userId, title, description, timeZone });
    const room = await createRoom(tx, { courseId: id, title, newId: app.newId });
    return { id, roomSlug: room.slug };
  });
}

/**
 * The course as this account sees it.
 * @throws AppError NOT_FOUND where it is not theirs: whether it exists is nobody else's business
 */
export async function getCourse(app: App, userId: string, courseId: string): Promise<queries.MyCourse> {
  const course = await queries.findMyCourse(app.db, courseId, userId);
  if (!course) throw new AppError('NOT_FOUND');
  return course;
}

/** A course that this account may act on in the way `may` says. @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function requireCourse(
  app: App,
  userId: string,
  courseId: string,
  may: (role: CourseRole) => boolean,
): Promise<queries.MyCourse> {
  const course = await getCourse(app, userId, courseId);
  if (!may(course.role)) throw new AppError('NOT_ALLOWED');
  return course;
}

/** Every course of this account, by title: at most 200. */
export function listCourses(app: App, userId: string): Promise<queries.MyCourse[]> {
  return queries.listMyCourses(app.db, userId);
}

/** Who is in the course. E-mail addresses are for its owner and teachers alone. @throws AppError NOT_FOUND */
export async function listPeople(app: App, userId: string, courseId: string) {
  const course = await getCourse(app, userId, courseId);
  const people = await queries.listPeople(app.db, courseId);
  const staff = course.role === 'owner' || course.role === 'teacher';
  return people.map((person) => ({ ...person, email: staff ? person.email : null }));
}

/**
 * Enrols the account of an e-mail address, or changes its role.
 * @throws AppError NOT_FOUND, NOT_ALLOWED, COURSE_FULL; BAD_INPUT `{field: 'email', reason: 'noAccount' | 'isOwner'}`
 */
export async function enrol(
  app: App,
  userId: string,
  { courseId, email, role }: { courseId: string; email: string; role: Exclude<CourseRole, 'owner'> },
): Promise<void> {
  await requireCourse(app, userId, courseId, mayManageCourse);
  const account = await queries.findAccountByEmail(app.db, email.trim().toLowerCase());
  if (!account) throw new AppError('BAD_INPUT', { field: 'email', reason: 'noAccount' });
  if (account.id === userId) throw new AppError('BAD_INPUT', { field: 'email', reason: 'isOwner' });
  await app.db.transaction((tx) => takeSeat(tx, { courseId, userId: account.id, role }));
}

/**
 * Makes somebody in the course something else in it.
 * @throws AppError NOT_FOUND where they are not enrolled, NOT_ALLOWED, COURSE_FULL
 */
export async function changeRole(
  app: App,
  userId: string,
  { courseId, personId, role }: { courseId: string; personId: string; role: Exclude<CourseRole, 'owner'> },
): Promise<void> {
  await requireCourse(app, userId, courseId, mayManageCourse);
  await app.db.transaction(async (tx) => {
    const isNew = await takeSeat(tx, { courseId, userId: personId, role });
    if (isNew) throw new AppError('NOT_FOUND');
  });
}

/** Takes somebody out of the course. Nothing happens to who is not in it. @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function unenrol(
  app: App,
  userId: string,
  { courseId, personId }: { courseId: string; personId: string },
): Promise<void> {
  await requireCourse(app, userId, courseId, mayManageCourse);
  await app.db.transaction((tx) => deleteEnrolment(tx, courseId, personId));
}
