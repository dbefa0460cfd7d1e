export type LessonStatus = 'scheduled' | 'live' | 'ended' | 'cancelled';

export const MIN_MINUTES = 5;
export const MAX_MINUTES = 600;
/** "Now" in a form is a minute or two old by the time it is sent. */
const LATE_MS = 5 * 60_000;
const AHEAD_MS = 2 * 366 * 86_400_000;

export type ScheduleProblem =
  | { field: 'startsAt'; reason: 'past' | 'tooFar' }
  | { field: 'durationMinutes'; reason: 'duration' };

/** What is wrong with a lesson's time; null where nothing is. Instants in ms since the epoch. */
export function checkSchedule(
  startsAt: number,
  durationMinutes: number,
  now: number,
): ScheduleProblem | null {
  if (!Number.isInteger(durationMinutes) || durationMinutes < MIN_MINUTES || durationMinutes > MAX_MINUTES) {
    return { field: 'durationMinutes', reason: 'duration' };
  }
  if (startsAt < now - LATE_MS) return { field: 'startsAt', reason: 'past' };
  if (startsAt > now + AHEAD_MS) return { field: 'startsAt', reason: 'tooFar' };
  return null;
}

/** What starting a lesson means, by what it is now. */
export function startVerdict(status: LessonStatus): 'start' | 'already' | 'over' {
  if (status === 'scheduled') return 'start';
  return status === 'live' ? 'already' : 'over';
}
