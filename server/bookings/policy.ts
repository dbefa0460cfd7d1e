import { DAY_MS, type Hours, MINUTE_MS } from './free-hours';

export type BookingProblem = 'past' | 'notice' | 'horizon';

/** Why an hour is none that may be asked for at all; null where it may. Instants in ms since the epoch. */
export function checkHour(
  at: number,
  now: number,
  { noticeMinutes, horizonDays }: Pick<Hours, 'noticeMinutes' | 'horizonDays'>,
): BookingProblem | null {
  if (at <= now) return 'past';
  if (at < now + noticeMinutes * MINUTE_MS) return 'notice';
  return at > now + horizonDays * DAY_MS ? 'horizon' : null;
}

/** Whether a student may still move or cancel what begins at an instant. The teacher always may. */
export function mayChange(startsAt: number, now: number, changeMinutes: number): boolean {
  return startsAt > now && startsAt - now >= changeMinutes * MINUTE_MS;
}

/** Those of the hours that are nearest to one that was wished for, soonest first. */
export function nearest(hours: readonly number[], wished: number, most: number): number[] {
  return hours
    .toSorted((a, b) => Math.abs(a - wished) - Math.abs(b - wished) || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}
