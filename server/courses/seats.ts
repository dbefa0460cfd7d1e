import type { Executor } from '@/db/client';
import { AppError } from '../errors';
import { hasSeat } from './policy';
import * as queries from './queries/seats';

export type Seat = {
  courseId: string;
  userId: string;
  role: queries.EnrolledRole;
  scope?: queries.Scope;
  /** Who is in the course already stays what they are. */
  keep?: boolean;
};

/**
 * Enrols somebody, or changes what they are, where there is room: students beyond the capacity are refused, however many
 * ask at the same moment. Whoever calls has found out that they may.
 * @returns true where they were not in the course before
 * @throws AppError NOT_FOUND; COURSE_FULL
 */
export async function takeSeat(
  tx: Executor,
  { courseId, userId, role, scope = 'series', keep = false }: Seat,
): Promise<boolean> {
  const course = await queries.lockSeats(tx, courseId);
  if (!course) throw new AppError('NOT_FOUND');
  const before = await queries.findEnrolment(tx, courseId, userId);
  if (before && keep) return false;
  if (role === 'student' && before?.role !== 'student') {
    const others = await queries.countOtherStudents(tx, courseId, userId);
    if (!hasSeat(course.capacity, others)) throw new AppError('COURSE_FULL');
  }
  await queries.upsertEnrolment(tx, { courseId, userId, role, scope });
  return before === null;
}
