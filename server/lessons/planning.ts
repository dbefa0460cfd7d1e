import type { Executor } from '@/db/client';
import type { App } from '../app';
import { AppError } from '../errors';
import { checkSchedule } from './policy';
import * as queries from './queries';
import { listOverlaps, type Overlap } from './queries/series';
import { expandRule, type Rule } from './recurrence';
import { resolveWallClock } from './wall-clock';

export type Adjusted = 'skipped' | 'repeated';
/** When a lesson is: what the clock of its zone should show, the instant, and what was done where the clocks change. */
export type Planned = { local: string; at: Date; adjusted: Adjusted | null };

/** The instant of a wall clock. @throws AppError BAD_INPUT `{field, reason}` for what is no time or in no known zone */
export function planAt(local: string, timeZone: string): Planned {
  const clock = resolveWallClock(local, timeZone);
  if (clock.ok) return { local, at: clock.at, adjusted: clock.adjusted };
  const field = clock.reason === 'zone' ? 'timeZone' : 'startsAt';
  throw new AppError('BAD_INPUT', { field, reason: clock.reason });
}

/** @throws AppError BAD_INPUT `{field, reason}` for a time that is past or too far ahead, and for a duration outside of 5 to 600 minutes */
export function requirePossible(planned: readonly Planned[], durationMinutes: number, now: Date): void {
  for (const { at } of [planned[0], planned.at(-1)].filter((one) => one !== undefined)) {
    const problem = checkSchedule(at.getTime(), durationMinutes, now.getTime());
    if (problem) throw new AppError('BAD_INPUT', problem);
  }
}

export type SeriesWish = {
  title: string;
  /** What the clock shows at the first lesson, as `2026-03-29T10:30`. */
  startsAt: string;
  timeZone: string;
  durationMinutes: number;
  rule: Rule;
};

/**
 * The lessons of a series, each at its time on the wall.
 * @throws AppError BAD_INPUT `{field, reason}`
 */
export function planSeries(
  { startsAt, timeZone, durationMinutes, rule }: Omit<SeriesWish, 'title'>,
  now: Date,
): Planned[] {
  // Whether it is a time and a zone at all comes first.
  planAt(startsAt, timeZone);
  const expanded = expandRule(rule, startsAt);
  if (!expanded.ok) throw new AppError('BAD_INPUT', expanded.problem);
  const planned = expanded.held.map((local) => planAt(local, timeZone));
  requirePossible(planned, durationMinutes, now);
  return planned;
}

/** What else the teachers of a course teach at these times: told, never refused. */
export async function findOverlaps(
  app: { db: Executor },
  ask: { courseId: string; viewerId: string; except?: readonly string[] },
  lessons: readonly { at: Date; durationMinutes: number }[],
): Promise<Overlap[]> {
  if (lessons.length === 0) return [];
  const spans = lessons.map(({ at, durationMinutes }) => ({
    from: at.getTime(),
    to: at.getTime() + durationMinutes * 60_000,
  }));
  return listOverlaps(app.db, { except: [], ...ask, spans });
}

/** Postgres' clock. */
export const readNow = (app: Pick<App, 'db'>): Promise<Date> => queries.readClock(app.db);
