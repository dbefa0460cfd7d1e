import { Temporal } from 'temporal-polyfill';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/** A stretch of a day in which time and place run alike: instants `from` to `to` (ms) stand at minutes `at` and on. */
type Piece = { from: number; to: number; at: number };
/** A time that a day of the week has twice: `length` minutes up to the clock's `until`. They get a place of their own. */
type Repeat = { until: number; length: number };
export type AxisDay = { date: string; from: number; to: number; pieces: readonly Piece[] };
/** An hour line: `at` minutes from the top; `clock` is what clocks show there, in minutes; `again`: for the second time. */
type Line = { at: number; clock: number; again: boolean };

/**
 * The hours of some days as one scale of minutes, by what clocks show. An hour that a day has twice stands on it twice, and is empty on the other
 * days; an hour that a day skips is empty on that day. So each moment has one place, and each place on which there is a moment has one moment.
 */
export type Axis = { length: number; days: readonly AxisDay[]; lines: readonly Line[] };

/** @param dates  days in order, as `2026-03-29` */
export function makeAxis(dates: readonly string[], zone: string): Axis {
  const read = dates.map((date) => readDay(date, zone));
  const repeats = mergeRepeats(read.flatMap(({ passages }) => passages.flatMap(repeatBefore)));
  return {
    length: DAY_MINUTES + sum(repeats),
    days: read.map(({ passages, ...day }) => ({
      ...day,
      pieces: passages.flatMap((one) => place(one, repeats)),
    })),
    lines: linesOf(repeats),
  };
}

/** A part of a day without a change of clocks: `clock` is what they show at `from`, in minutes; `back`: by how much they were just put back. */
type Passage = { from: number; to: number; clock: number; back: number };

function readDay(
  date: string,
  zone: string,
): { date: string; from: number; to: number; passages: Passage[] } {
  const day = Temporal.PlainDate.from(date);
  const start = day.toZonedDateTime(zone);
  const end = day.add({ days: 1 }).toZonedDateTime(zone);
  const [from, to] = [start.epochMilliseconds, end.epochMilliseconds];
  const passages: Passage[] = [];
  let here = start;
  let back = 0;
  for (;;) {
    const change = here.getTimeZoneTransition('next');
    const until = change && change.epochMilliseconds < to ? change.epochMilliseconds : to;
    passages.push({ from: here.epochMilliseconds, to: until, clock: clockOf(here, day), back });
    if (!change || until === to) return { date, from, to, passages };
    back = Math.max(0, (here.offsetNanoseconds - change.offsetNanoseconds) / 60e9);
    here = change;
  }
}

/** Minutes since midnight of a day, as clocks show them; beyond it where they were put back over midnight. */
function clockOf(at: Temporal.ZonedDateTime, day: Temporal.PlainDate): number {
  return at.toPlainDateTime().since(day.toPlainDateTime()).total('minutes');
}

function repeatBefore({ clock, back, from, to }: Passage): Repeat[] {
  if (back === 0) return [];
  const length = Math.min(back, (to - from) / MINUTE_MS);
  return [{ until: clock + length, length }];
}

function mergeRepeats(repeats: readonly Repeat[]): Repeat[] {
  const byEnd = new Map<number, Repeat>();
  for (const repeat of repeats) {
    const known = byEnd.get(repeat.until);
    if (!known || known.length < repeat.length) byEnd.set(repeat.until, repeat);
  }
  return [...byEnd.values()].toSorted((a, b) => a.until - b.until);
}

const sum = (repeats: readonly Repeat[]) => repeats.reduce((all, { length }) => all + length, 0);
/** Where a clock's time stands: what is repeated before it pushes it down. */
const placeOf = (clock: number, repeats: readonly Repeat[]) =>
  clock + sum(repeats.filter(({ until }) => until <= clock));

function place({ from, to, clock, back }: Passage, repeats: readonly Repeat[]): Piece[] {
  const minutes = (to - from) / MINUTE_MS;
  const repeated = Math.min(back, minutes);
  const pieces: Piece[] = [];
  let done = 0;
  if (repeated > 0) {
    const until = clock + repeated;
    const before = repeats.filter((one) => one.until < until);
    pieces.push({ from, to: from + repeated * MINUTE_MS, at: until + sum(before) });
    done = repeated;
  }
  // Whatever stands repeated on another day parts this one in two.
  const cuts = repeats.map(({ until }) => until - clock).filter((cut) => cut > done && cut < minutes);
  for (const cut of [...cuts, minutes]) {
    if (cut <= done) continue;
    pieces.push({
      from: from + done * MINUTE_MS,
      to: from + cut * MINUTE_MS,
      at: placeOf(clock + done, repeats),
    });
    done = cut;
  }
  return pieces;
}

function linesOf(repeats: readonly Repeat[]): Line[] {
  const hours = Array.from({ length: 24 }, (_, hour) => hour * 60);
  const again = repeats.flatMap(({ until, length }) =>
    hours
      .filter((clock) => clock >= until - length && clock < until)
      .map((clock) => ({ at: placeOf(until, repeats) - (until - clock), clock, again: true })),
  );
  const lines = hours.map((clock) => ({ at: placeOf(clock, repeats), clock, again: false }));
  return [...lines, ...again].toSorted((a, b) => a.at - b.at);
}

/** Where a moment of a day stands, in minutes from the top; null: it is not of this day. */
export function placeAt({ pieces }: AxisDay, instant: number): number | null {
  const piece = pieces.find(({ from, to }) => instant >= from && instant < to);
  return piece ? on(piece, instant) : null;
}

const on = ({ at, from }: Piece, instant: number) => at + (instant - from) / MINUTE_MS;

/** From where to where a span of time stands on a day, cut to that day; null: it does not touch it. */
export function spanOn(day: AxisDay, from: number, to: number): { top: number; bottom: number } | null {
  const [begin, end] = [Math.max(from, day.from), Math.min(to, day.to)];
  const first = day.pieces.find((piece) => begin >= piece.from && begin < piece.to);
  const last = day.pieces.find((piece) => end > piece.from && end <= piece.to);
  return begin < end && first && last ? { top: on(first, begin), bottom: on(last, end) } : null;
}

/** The moment at a place of a day; where there is none, such as in an hour that is skipped, the next one, or the day's last. */
export function instantAt({ pieces, to }: AxisDay, at: number): number {
  for (const piece of pieces) {
    const minutes = (piece.to - piece.from) / MINUTE_MS;
    if (at < piece.at) return piece.from;
    if (at < piece.at + minutes) return piece.from + (at - piece.at) * MINUTE_MS;
  }
  return to - MINUTE_MS;
}

/** The stretches of a day's scale on which it has no moment: what is skipped, and what only another day repeats. */
export function gapsOf(axis: Axis, { pieces }: AxisDay): { top: number; bottom: number }[] {
  const gaps: { top: number; bottom: number }[] = [];
  let at = 0;
  for (const piece of pieces) {
    if (piece.at > at) gaps.push({ top: at, bottom: piece.at });
    at = piece.at + (piece.to - piece.from) / MINUTE_MS;
  }
  if (at < axis.length) gaps.push({ top: at, bottom: axis.length });
  return gaps;
}
