import type { HourRange } from '../types';

/** A time field has no 24:00: the end of the day is its midnight. */
export const toField = (time: string): string => (time === '24:00' ? '00:00' : time);
/** An end of midnight is the day's, not its beginning. */
export const endOf = (field: string): string => (field === '00:00' ? '24:00' : field);

/** Whether one of a day's ranges ends before it begins, has no time, or overlaps another one. */
export function isWrong(ranges: readonly HourRange[]): boolean {
  const sorted = ranges.toSorted((a, b) => a.from.localeCompare(b.from));
  return sorted.some(({ from, to }, index) => {
    const before = sorted[index - 1];
    return !from || !to || from >= to || (before !== undefined && before.to > from);
  });
}

const time = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

/** The range that is offered next: after the last one of a day, or from nine to five; null where the day is full. */
export function nextRange(ranges: readonly HourRange[]): HourRange | null {
  const last = ranges
    .map(({ to }) => to)
    .toSorted()
    .at(-1);
  if (!last) return { from: '09:00', to: '17:00' };
  const hour = Number(last.slice(0, 2)) + 1;
  return hour < 24 ? { from: time(hour), to: time(Math.min(24, hour + 2)) } : null;
}
