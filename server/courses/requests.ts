import type { App } from '../app';
import { isBookedHour } from '../bookings/service';
import { AppError } from '../errors';
import { notify } from '../notifications/service';
import { mayEditCourse } from './policy';
import * as queries from './queries/joining';
import { takeSeat } from './seats';
import { requireCourse } from './service';

/** Who waits to be let in, longest first. Instants in ms since the epoch. @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function readRequests(app: App, userId: string, courseId: string) {
  await requireCourse(app, userId, courseId, mayEditCourse);
  const rows = await queries.listRequests(app.db, courseId);
  return rows.map(({ createdAt, ...row }) => ({ ...row, createdAt: createdAt.getTime() }));
}

/**
 * Lets somebody in who asked, or declines. Who does not wait any more is left as they are: two teachers may decide at once.
 * @throws AppError NOT_FOUND, NOT_ALLOWED, COURSE_FULL
 */
export async function decideRequest(
  app: App,
  userId: string,
  { courseId, personId, to }: { courseId: string; personId: string; to: 'admitted' | 'declined' },
): Promise<void> {
  const course = await requireCourse(app, userId, courseId, mayEditCourse);
  await app.db.transaction(async (tx) => {
    const request = await queries.decideRequest(tx, { courseId, userId: personId, to });
    if (!request) return;
    if (to === 'admitted') {
      await takeSeat(tx, { courseId, userId: personId, role: 'student', scope: request.scope, keep: true });
    }
    await notify(tx, [personId], {
      kind: to,
      courseId,
      facts: { course: course.title },
      key: `${to}:${courseId}:${app.newId()}`,
    });
  });
}

/** Leaves a course that one is enrolled in. @throws AppError NOT_FOUND; NOT_ALLOWED for its owner, and for a booked hour */
export async function leaveCourse(app: App, userId: string, courseId: string): Promise<void> {
  const { role } = await requireCourse(app, userId, courseId, () => true);
  // Who gives a booked hour back does so by its rules.
  if (role === 'owner' || (await isBookedHour(app, courseId))) throw new AppError('NOT_ALLOWED');
  await app.db.transaction((tx) => queries.deleteMembership(tx, courseId, userId));
}
