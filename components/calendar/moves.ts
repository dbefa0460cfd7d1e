import { Temporal } from 'temporal-polyfill';

/** What a lesson is moved by: days on the wall, and minutes that pass. */
export type Shift = { days: number; minutes: number };

const MINUTE_MS = 60_000;
/** The steps in which lessons are put into a week. */
export const STEP_MINUTES = 15;

/**
 * A moment some days on at the same time of the clock of a zone, and some minutes after that. Instants in ms since the epoch. Where clocks
 * skip that time it is as much later; where they show it twice, the first.
 */
export function shifted(at: number, { days, minutes }: Shift, zone: string): number {
  const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).add({ days });
  return there.epochMilliseconds + minutes * MINUTE_MS;
}

/** How many days a date is after another one, as `2026-03-29`. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(to).days;
}

/** The nearest quarter of an hour; every zone there is stands at whole quarters from UTC. */
export function toStep(at: number): number {
  const step = STEP_MINUTES * MINUTE_MS;
  return Math.round(at / step) * step;
}

/** A stretch of time that was drawn from one moment to another, either way, in whole steps and at least one. */
export function drawn(a: number, b: number): { at: number; minutes: number } {
  const step = STEP_MINUTES * MINUTE_MS;
  const from = Math.floor(Math.min(a, b) / step) * step;
  const to = Math.max(from + step, Math.ceil(Math.max(a, b) / step) * step);
  return { at: from, minutes: (to - from) / MINUTE_MS };
}

/** What an arrow key means for what is being moved; null: nothing. Up and down are weeks in a month, and quarters or whole hours in a week. */
export function shiftOfKey(key: string, view: 'month' | 'week', large: boolean): Shift | null {
  const minutes = large ? 60 : STEP_MINUTES;
  switch (key) {
    case 'ArrowLeft':
      return { days: -1, minutes: 0 };
    case 'ArrowRight':
      return { days: 1, minutes: 0 };
    case 'ArrowUp':
      return view === 'month' ? { days: -7, minutes: 0 } : { days: 0, minutes: -minutes };
    case 'ArrowDown':
      return view === 'month' ? { days: 7, minutes: 0 } : { days: 0, minutes };
    default:
      return null;
  }
}

const USUAL_START = '10:00';

/** When a lesson begins that is made on a day (`2026-03-29`) of a zone and not at an hour; the form lets it be changed. Ms since the epoch. */
export function usualStart(date: string, zone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: USUAL_START })
    .epochMilliseconds;
}
