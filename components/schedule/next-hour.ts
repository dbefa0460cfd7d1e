import { wallClock } from './wall-clock';

const HOUR_MS = 3_600_000;

/** The next full hour on the clock of a zone, as a date field and a time field want it. */
export function nextHour(now: number, zone: string): { date: string; time: string } {
  const { date, time } = wallClock(now + HOUR_MS, zone);
  return { date, time: `${time.slice(0, 2)}:00` };
}
