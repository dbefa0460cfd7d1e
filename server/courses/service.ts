import type { App } from '../app';
import { isBookedHour } from '../bookings/service';
import { AppError } from '../errors';
import { createRoom } from '../rooms/service';
import { type CourseRole, mayManageCourse, mayMarkPayments } from './policy';
import * as queries from './queries';
import { deleteEnrolment, findEnrolment, setPaymentOpen } from './queries/seats';
import { takeSeat } from './seats';

export type { CoursePerson, MyCourse } from './queries';
export { type CourseRole, mayRunLessons } from './policy';
export { deleteEnrolment as giveUpSeat } from './queries/seats';
export { takeSeat } from './seats';

/** Makes a course with its room, both or neither. */
export async function createCourse(
  app: App,
  userId: string,
  wish: { title: string; description: string; timeZone?: string; language?: string },
): Promise<{ id: string; roomSlug: string }> {
  const { title, description, timeZone = 'UTC', language } = wish;
  return app.db.transaction(async (tx) => {
    const id = app.newId();
    await queries.insertCourse(tx, { id, ownerId: userId, title, description, timeZone, language });
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

/** Who is in the course. E-mail addresses, and whose payment is open, are for its owner and teachers alone. @throws AppError NOT_FOUND */
export async function listPeople(app: App, userId: string, courseId: string) {
  const course = await getCourse(app, userId, courseId);
  const people = await queries.listPeople(app.db, courseId);
  const staff = course.role === 'owner' || course.role === 'teacher';
  return people.map((person) => ({
    ...person,
    email: staff ? person.email : null,
    paymentOpen: staff && person.paymentOpen,
  }));
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

/** Who booked an hour has it until the booking is cancelled, by its rules. @throws AppError BOOKED_SEAT */
async function requireNoBooking(app: App, courseId: string, personId: string): Promise<void> {
  if (!(await isBookedHour(app, courseId))) return;
  const enrolment = await findEnrolment(app.db, courseId, personId);
  if (enrolment?.role === 'student') throw new AppError('BOOKED_SEAT');
}

/**
 * Makes somebody in the course something else in it.
 * @throws AppError NOT_FOUND where they are not enrolled, NOT_ALLOWED, COURSE_FULL; BOOKED_SEAT for who booked the hour that it is
 */
export async function changeRole(
  app: App,
  userId: string,
  { courseId, personId, role }: { courseId: string; personId: string; role: Exclude<CourseRole, 'owner'> },
): Promise<void> {
  await requireCourse(app, userId, courseId, mayManageCourse);
  await requireNoBooking(app, courseId, personId);
  await app.db.transaction(async (tx) => {
    const isNew = await takeSeat(tx, { courseId, userId: personId, role });
    if (isNew) throw new AppError('NOT_FOUND');
  });
}

/** Takes somebody out of the course. Nothing happens to who is not in it. @throws AppError NOT_FOUND, NOT_ALLOWED; BOOKED_SEAT as `changeRole` */
export async function unenrol(
  app: App,
  userId: string,
  { courseId, personId }: { courseId: string; personId: string },
): Promise<void> {
  await requireCourse(app, userId, courseId, mayManageCourse);
  await requireNoBooking(app, courseId, personId);
  await app.db.transaction((tx) => deleteEnrolment(tx, courseId, personId));
}

/**
 * Notes that a student's payment is open, or settled: while it is open they are not let into a class. Who is in one already stays.
 * @throws AppError NOT_FOUND for who is no student of the course, NOT_ALLOWED
 */
export async function markPayment(
  app: App,
  userId: string,
  { courseId, personId, open }: { courseId: string; personId: string; open: boolean },
): Promise<void> {
  await requireCourse(app, userId, courseId, mayMarkPayments);
  const enrolment = await findEnrolment(app.db, courseId, personId);
  if (enrolment?.role !== 'student') throw new AppError('NOT_FOUND');
  await setPaymentOpen(app.db, { courseId, userId: personId, open });
}
