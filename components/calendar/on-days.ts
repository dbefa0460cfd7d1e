import { addDays } from '@/components/schedule/wall-clock';
import { startOfDay } from './span';

type Timed = { startsAt: number; durationMinutes: number };
/** A lesson on one of the days that it touches; `begins`: it is the one on which it starts. */
export type OnDay<T> = { lesson: T; begins: boolean };

export const endOf = ({ startsAt, durationMinutes }: Timed) => startsAt + durationMinutes * 60_000;

/**
 * Lessons by the days of a zone that they touch, each day's soonest first. One that ends at midnight is not of the next day.
 * @param dates  days in order, as `2026-03-29`
 */
export function byDay<T extends Timed>(
  lessons: readonly T[],
  dates: readonly string[],
  zone: string,
): Map<string, OnDay<T>[]> {
  const sorted = [...lessons].sort((a, b) => a.startsAt - b.startsAt);
  return new Map(
    dates.map((date) => {
      const from = startOfDay(date, zone);
      const to = startOfDay(addDays(date, 1), zone);
      const touching = sorted.filter((lesson) => lesson.startsAt < to && endOf(lesson) > from);
      return [date, touching.map((lesson) => ({ lesson, begins: lesson.startsAt >= from }))];
    }),
  );
}
