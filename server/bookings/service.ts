import type { Executor } from '@/db/client';
import type { App } from '../app';
import { AppError } from '../errors';
import { isOverlap } from './overlap';
import * as queries from './queries';
import { listOffers } from './queries/setup';

const OFFERS_SHOWN = 3;

/**
 * Holds the teachers of a course until the transaction ends: an hour of theirs is booked before or after, not while a lesson of theirs is being
 * put there.
 */
export async function holdTeachers(tx: Executor, courseId: string): Promise<void> {
  await queries.lockTeachers(tx, await queries.listTeachers(tx, courseId));
}

/** Whether a course is a booked hour: then its bookings say who is in it. */
export const isBookedHour = (app: Pick<App, 'db'>, courseId: string): Promise<boolean> =>
  queries.isBookedHour(app.db, courseId);

/**
 * Whether lessons that were called off may be put back: an hour that its students cancelled is not their teacher's to fill again.
 * @throws AppError BOOKING_GIVEN_UP
 */
export async function requireNotGivenUp(tx: Executor, lessonIds: readonly string[]): Promise<void> {
  if ((await queries.listGivenUp(tx, lessonIds)).size > 0) throw new AppError('BOOKING_GIVEN_UP');
}

/** Which of these lessons were called off and may be put back. Looks only where one was called off. */
export async function listRestorable(
  app: Pick<App, 'db'>,
  lessons: readonly { id: string; status: string }[],
): Promise<Set<string>> {
  const off = lessons.filter(({ status }) => status === 'cancelled').map(({ id }) => id);
  if (off.length === 0) return new Set();
  const givenUp = await queries.listGivenUp(app.db, off);
  return new Set(off.filter((id) => !givenUp.has(id)));
}

/** What a teacher offers to book and that is open, oldest first: some of it. */
export async function listOpenOffers(app: Pick<App, 'db'>, teacherId: string) {
  const offers = await listOffers(app.db, teacherId);
  return offers
    .filter(({ open }) => open)
    .slice(0, OFFERS_SHOWN)
    .map(({ slug, title, lengths }) => ({ slug, title, lengths }));
}

/**
 * Lets booked hours follow what became of their lessons, in the transaction that moved them, called them off or took that back. Lessons that
 * nobody booked are left alone.
 * @throws AppError SLOT_TAKEN where another booking is there
 */
export async function followLessons(tx: Executor, lessonIds: readonly string[]): Promise<void> {
  if (lessonIds.length === 0) return;
  try {
    await queries.followLessons(tx, lessonIds);
  } catch (error) {
    if (isOverlap(error)) throw new AppError('SLOT_TAKEN', { others: '' }, { cause: error });
    throw error;
  }
}
