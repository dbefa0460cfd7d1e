import { Temporal } from 'temporal-polyfill';
import type { HourException, HourRange, WeeklyHours } from '@/db/schema';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** When a teacher can be booked, and under which rules. */
export type Hours = {
  /** IANA zone that the hours are meant in. */
  timeZone: string;
  weekly: WeeklyHours;
  exceptions: readonly HourException[];
  stepMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  noticeMinutes: number;
  horizonDays: number;
  /** Null: any number. */
  maxADay: number | null;
};

/** From and to, in ms since the epoch; `to` is not in it. */
export type Span = { from: number; to: number };
/** A booked hour that takes more people: when it begins, and for how many there is room. */
export type OpenSlot = { at: number; seatsLeft: number };
export type FreeHour = OpenSlot;

export type Asked = {
  hours: Hours;
  lengthMinutes: number;
  /** Seats of an hour that nobody has booked yet. */
  seats: number;
  now: number;
  /** Hours that begin within this. */
  window: Span;
  /** What the teacher is taken by: booked hours with their buffers, lessons as they are. */
  busy: readonly Span[];
  /** When booked hours begin, for counting them by day. */
  booked: readonly number[];
  open: readonly OpenSlot[];
};

/**
 * The hours of a teacher that can be booked, soonest first. An hour is there when the clock on the wall of the teacher's zone shows one of
 * their ranges from its beginning to its end: where daylight saving skips a part of a range there is nothing in it, and a part
 * that is repeated is there twice. Ranges that touch, over midnight too, are one.
 */
export function freeHours({
  hours,
  lengthMinutes,
  seats,
  now,
  window,
  busy,
  booked,
  open,
}: Asked): FreeHour[] {
  const first = now + hours.noticeMinutes * MINUTE_MS;
  const last = now + hours.horizonDays * DAY_MS;
  const from = Math.max(window.from, first);
  const to = Math.min(window.to, last + 1);
  if (from >= to) return [];
  const found = new Map<number, number>();
  for (const { at, seatsLeft } of open) if (seatsLeft > 0 && at >= from && at < to) found.set(at, seatsLeft);
  const length = lengthMinutes * MINUTE_MS;
  const before = hours.bufferBeforeMinutes * MINUTE_MS;
  const after = hours.bufferAfterMinutes * MINUTE_MS;
  const taken = merge(busy);
  const days = daysOf(hours, from, to + length);
  const open24 = merge(days.flatMap(({ ranges }) => ranges));
  for (const day of days) {
    if (isFull(day, booked, hours.maxADay)) continue;
    for (const range of day.ranges) {
      const end = endOf(open24, range);
      for (let at = range.from; at < range.to && at + length <= end; at += hours.stepMinutes * MINUTE_MS) {
        if (at < from || at >= to || found.has(at)) continue;
        if (!touches(taken, { from: at - before, to: at + length + after })) found.set(at, seats);
      }
    }
  }
  return [...found].map(([at, seatsLeft]) => ({ at, seatsLeft })).sort((a, b) => a.at - b.at);
}

type Day = Span & { ranges: Span[] };

function isFull(day: Span, booked: readonly number[], most: number | null): boolean {
  return most !== null && booked.filter((at) => at >= day.from && at < day.to).length >= most;
}

/** The days of the zone that touch a span, each with its bookable ranges as instants; one day more before it, for ranges that reach over midnight. */
function daysOf({ timeZone, weekly, exceptions }: Hours, from: number, to: number): Day[] {
  const others = new Map(exceptions.map(({ date, ranges }) => [date, ranges]));
  const days: Day[] = [];
  let date = Temporal.Instant.fromEpochMilliseconds(from)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .subtract({ days: 1 });
  let begins = date.toZonedDateTime(timeZone);
  while (begins.epochMilliseconds < to) {
    const next = date.add({ days: 1 });
    const ends = next.toZonedDateTime(timeZone);
    const wall = others.get(date.toString()) ?? weekly[date.dayOfWeek - 1] ?? [];
    const ranges = wall.length === 0 ? [] : rangesOf(wall, date, begins, ends);
    days.push({ from: begins.epochMilliseconds, to: ends.epochMilliseconds, ranges });
    [date, begins] = [next, ends];
  }
  return days;
}

/** Ranges of a day's wall as instants: apart where the clocks change within them. */
function rangesOf(
  wall: readonly HourRange[],
  date: Temporal.PlainDate,
  begins: Temporal.ZonedDateTime,
  ends: Temporal.ZonedDateTime,
): Span[] {
  const midnight = Date.parse(`${date.toString()}T00:00:00Z`);
  const ranges: Span[] = [];
  for (const part of partsOf(begins, ends)) {
    for (const range of wall) {
      const from = Math.max(part.from, midnight + minutesOf(range.from) * MINUTE_MS - part.offset);
      const to = Math.min(part.to, midnight + minutesOf(range.to) * MINUTE_MS - part.offset);
      if (from < to) ranges.push({ from, to });
    }
  }
  return ranges;
}

/** The parts of a day in which the clock goes on evenly, each with what it is ahead of UTC, in ms. */
function partsOf(
  begins: Temporal.ZonedDateTime,
  ends: Temporal.ZonedDateTime,
): (Span & { offset: number })[] {
  const parts: (Span & { offset: number })[] = [];
  let from = begins;
  while (from.epochMilliseconds < ends.epochMilliseconds) {
    const offset = from.offsetNanoseconds / 1_000_000;
    const even = offset === ends.offsetNanoseconds / 1_000_000;
    const change = even ? null : from.getTimeZoneTransition('next');
    const to = change && change.epochMilliseconds < ends.epochMilliseconds ? change : ends;
    parts.push({ from: from.epochMilliseconds, to: to.epochMilliseconds, offset });
    from = to;
  }
  return parts;
}

/** Minutes since midnight of `09:30`; 1440 for `24:00`. */
export function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

/** Spans in order, those that touch or overlap made one. */
export function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** Where the open time ends that a range lies in. */
function endOf(merged: readonly Span[], range: Span): number {
  return merged[firstEndingAfter(merged, range.from)]?.to ?? range.to;
}

function touches(merged: readonly Span[], span: Span): boolean {
  const next = merged[firstEndingAfter(merged, span.from)];
  return next !== undefined && next.from < span.to;
}

/** Index of the first of these spans, in order and apart, that ends after an instant. */
function firstEndingAfter(merged: readonly Span[], at: number): number {
  let [low, high] = [0, merged.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((merged[middle]?.to ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
