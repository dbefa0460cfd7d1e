import { Temporal } from 'temporal-polyfill';

export const VIEWS = ['month', 'week', 'agenda'] as const;
export type View = (typeof VIEWS)[number];

/** How many days an agenda shows from its day on. */
export const AGENDA_DAYS = 28;
const WEEK = 7;
const DAY_MS = 86_400_000;
/** What the address may ask for: further than lessons can lie, and nothing that overflows. */
const YEARS = { first: 2000, last: 2200 };

/** What an address says, of a calendar: `view` and `date` where it says something that there is. */
export function readPlace(params: Record<string, string | string[] | undefined>): {
  view: View | null;
  date: string | null;
} {
  const view = VIEWS.find((one) => one === params.view) ?? null;
  const { date } = params;
  return { view, date: typeof date === 'string' && isDay(date) ? date : null };
}

function isDay(text: string): boolean {
  const [, year] = /^(\d{4})-\d{2}-\d{2}$/.exec(text) ?? [];
  const at = new Date(`${text}T12:00:00Z`).getTime();
  if (!year || Number.isNaN(at) || Number(year) < YEARS.first || Number(year) > YEARS.last) return false;
  // February 30 is read as March 2.
  return new Date(at).toISOString().startsWith(text);
}

const weekOf = (day: Temporal.PlainDate, firstDay: number) =>
  day.subtract({ days: (day.dayOfWeek - firstDay + WEEK) % WEEK });

/**
 * The days that a view shows around a date, in order, as `2026-03-29`: whole weeks for a month and a week.
 * @param firstDay  of a week: 1 is Monday, 7 Sunday
 */
export function daysOf(view: View, date: string, firstDay = 1): string[] {
  const day = Temporal.PlainDate.from(date);
  if (view === 'agenda') return days(day, AGENDA_DAYS);
  if (view === 'week') return days(weekOf(day, firstDay), WEEK);
  const first = weekOf(day.with({ day: 1 }), firstDay);
  const last = day.with({ day: day.daysInMonth });
  const weeks = Math.ceil((first.until(last).days + 1) / WEEK);
  return days(first, weeks * WEEK);
}

const days = (first: Temporal.PlainDate, count: number) =>
  Array.from({ length: count }, (_, index) => first.add({ days: index }).toString());

/** The date that the view before or after this one is about. */
export function step(view: View, date: string, by: 1 | -1): string {
  const day = Temporal.PlainDate.from(date);
  if (view === 'month') return day.with({ day: 1 }).add({ months: by }).toString();
  return day.add({ days: by * (view === 'week' ? WEEK : AGENDA_DAYS) }).toString();
}

/** When a day begins in a zone, ms since the epoch: where the clocks skip midnight, the first moment after it. */
export function startOfDay(date: string, zone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
}

/**
 * What is asked of the server for a view (null: whichever fits the window), in ms since the epoch: a little more than it shows, so that a
 * browser whose zone turns out to be another one has it all.
 */
export function spanOf(view: View | null, date: string, firstDay = 1): { from: number; to: number } {
  const shown = view
    ? daysOf(view, date, firstDay)
    : [...daysOf('week', date, firstDay), ...daysOf('agenda', date)].toSorted();
  return {
    from: startOfDay(shown[0] ?? date, 'UTC') - 2 * DAY_MS,
    to: startOfDay(shown.at(-1) ?? date, 'UTC') + 3 * DAY_MS,
  };
}
