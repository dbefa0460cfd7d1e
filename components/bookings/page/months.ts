import { dayIn } from '@/components/ui/zones';
import type { FreeHour } from '../types';

/** A month, as `2026-03`. */
export type Month = string;

export const monthOf = (day: string): Month => day.slice(0, 7);

/** Some months on. */
export function shiftMonth(month: Month, by: number): Month {
  const at = new Date(`${month}-01T12:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + by);
  return at.toISOString().slice(0, 7);
}

/** The days of a month, as `2026-03-01`, in weeks; null beside the month. @param firstDay  of a week: 1 is Monday, 7 Sunday */
export function weeksOf(month: Month, firstDay = 1): (string | null)[][] {
  const first = new Date(`${month}-01T12:00:00Z`);
  const lead = (first.getUTCDay() + 7 - firstDay) % 7;
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const days: (string | null)[] = [
    ...Array.from({ length: lead }, () => null),
    ...Array.from({ length }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`),
  ];
  const weeks: (string | null)[][] = [];
  for (let at = 0; at < days.length; at += 7) weeks.push(days.slice(at, at + 7));
  const last = weeks.at(-1);
  while (last && last.length < 7) last.push(null);
  return weeks;
}

const HOURS_MS = 3_600_000;

/** A span that holds a month on the clock of whatever zone, in ms. */
export function spanOf(month: Month): { from: number; to: number } {
  return {
    from: Date.parse(`${month}-01T00:00:00Z`) - 14 * HOURS_MS,
    to: Date.parse(`${shiftMonth(month, 1)}-01T00:00:00Z`) + 12 * HOURS_MS,
  };
}

/** Hours by their day on the clock of a zone. */
export function byDay(hours: readonly FreeHour[], zone: string): Map<string, FreeHour[]> {
  const days = new Map<string, FreeHour[]>();
  for (const hour of hours) {
    const day = dayIn(zone, hour.at);
    days.set(day, [...(days.get(day) ?? []), hour]);
  }
  return days;
}
