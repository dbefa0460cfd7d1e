import { type LessonView, type MyCourse, runsLessons } from './types';

const HOUR_MS = 3_600_000;

/** Whether a lesson is near enough for its button: a day before for those who run it, an hour for the others. `now` in ms. */
export function isSoon(
  { status, startsAt }: Pick<LessonView, 'status' | 'startsAt'>,
  role: MyCourse['role'],
  now: number,
): boolean {
  const ahead = runsLessons(role) ? 24 * HOUR_MS : HOUR_MS;
  return status === 'live' || (status === 'scheduled' && startsAt - now < ahead);
}
