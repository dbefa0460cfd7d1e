import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/** Monday first, as RFC 5545 names them. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
/** More lessons than that are not one series: a year of lessons on each day is fewer. */
export const MAX_OCCURRENCES = 400;

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/**
 * How a series goes on. Local dates, of the series' own zone; the hour is its start's. Numbers are judged by `checkRule`, which can say what is
 * wrong with them.
 */
export const ruleInput = z.strictObject({
  every: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('weekly'),
      interval: z.number(),
      weekdays: z.array(z.enum(WEEKDAYS)).max(7),
    }),
    z.strictObject({
      kind: z.literal('monthly'),
      interval: z.number(),
      /** Which one of the month: the first to the fourth, or -1, the last. */
      week: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(-1)]),
      weekday: z.enum(WEEKDAYS),
    }),
  ]),
  end: z.discriminatedUnion('kind', [
    /** The last day on which there may be a lesson. */
    z.strictObject({ kind: z.literal('until'), date: isoDate }),
    /** How many lessons, exceptions counted. */
    z.strictObject({ kind: z.literal('count'), count: z.number() }),
  ]),
  /** Days without a lesson. */
  except: z.array(isoDate).max(MAX_OCCURRENCES),
});
export type Rule = z.infer<typeof ruleInput>;

export type RuleProblem = {
  field: 'interval' | 'weekdays' | 'end' | 'startsAt';
  reason: 'interval' | 'weekdays' | 'untilBefore' | 'count' | 'tooMany' | 'none' | 'time';
};
/** Local dates and times, as `2026-03-29T10:30`, in order. `all` counts exceptions too: it is what the rule alone gives. */
export type Expanded = { ok: true; all: string[]; held: string[] } | { ok: false; problem: RuleProblem };

const no = (field: RuleProblem['field'], reason: RuleProblem['reason']): Expanded => ({
  ok: false,
  problem: { field, reason },
});

/**
 * The lessons of a rule: those on or after `first`, a local date and time, each at its time of day. Never more than `MAX_OCCURRENCES`, and it takes no
 * longer for a rule that would give more.
 */
export function expandRule(rule: Rule, first: string): Expanded {
  const { every, end } = rule;
  if (!Number.isInteger(every.interval) || every.interval < 1 || every.interval > 52)
    return no('interval', 'interval');
  if (every.kind === 'weekly' && every.weekdays.length === 0) return no('weekdays', 'weekdays');
  const start = readLocal(first);
  if (!start) return no('startsAt', 'time');
  const until = end.kind === 'until' ? readLocal(`${end.date}T23:59`) : null;
  if (end.kind === 'until' && !until) return no('end', 'untilBefore');
  if (until && Temporal.PlainDateTime.compare(until, start) < 0) return no('end', 'untilBefore');
  if (end.kind === 'count') {
    if (!Number.isInteger(end.count) || end.count < 1) return no('end', 'count');
    if (end.count > MAX_OCCURRENCES) return no('end', 'tooMany');
  }
  // On a clock that never changes: which instant a local time is, its zone says later, for each lesson by itself.
  const all = new RRuleTemporal({
    ...recurrenceOf(every),
    ...(end.kind === 'count' ? { count: end.count } : { until: until?.toZonedDateTime('UTC') }),
    dtstart: start.toZonedDateTime('UTC'),
    tzid: 'UTC',
  })
    .all((_, index) => index <= MAX_OCCURRENCES)
    .map((at) => at.toPlainDateTime().toString({ smallestUnit: 'minute' }));
  if (all.length > MAX_OCCURRENCES) return no('end', 'tooMany');
  const except = new Set(rule.except);
  const held = all.filter((local) => !except.has(local.slice(0, 10)));
  return held.length > 0 ? { ok: true, all, held } : no('end', 'none');
}

function recurrenceOf(every: Rule['every']) {
  if (every.kind === 'weekly') {
    return {
      freq: 'WEEKLY' as const,
      interval: every.interval,
      byDay: inWeekOrder(every.weekdays),
      wkst: 'MO',
    };
  }
  return { freq: 'MONTHLY' as const, interval: every.interval, byDay: [`${every.week}${every.weekday}`] };
}

const inWeekOrder = (days: readonly Weekday[]) => WEEKDAYS.filter((day) => days.includes(day));

/** The rule as calendars write it (RFC 5545 §3.3.10), ending with its last lesson. @param count  what `all` of its expansion counts */
export function rruleText({ every }: Rule, count: number): string {
  const parts =
    every.kind === 'weekly'
      ? [`FREQ=WEEKLY;INTERVAL=${every.interval};WKST=MO`, `BYDAY=${inWeekOrder(every.weekdays).join(',')}`]
      : [`FREQ=MONTHLY;INTERVAL=${every.interval}`, `BYDAY=${every.week}${every.weekday}`];
  return [...parts, `COUNT=${count}`].join(';');
}

type Part = { rule: Rule; first: string };

/**
 * Cuts a series in two before the lesson at `at`: what the parts give is together what the whole gave, and nothing twice.
 * @returns null for a half that would be empty of anything the rule gives
 */
export function splitRule({ rule, first }: Part, at: string): { before: Part | null; after: Part | null } {
  const whole = expandRule(rule, first);
  if (!whole.ok) return { before: null, after: null };
  const index = whole.all.findIndex((local) => local >= at);
  const [before, after] = index < 0 ? [whole.all, []] : [whole.all.slice(0, index), whole.all.slice(index)];
  const part = (locals: readonly string[]): Part | null => {
    const [start] = locals;
    if (!start) return null;
    const days = new Set(locals.map((local) => local.slice(0, 10)));
    return {
      first: start,
      rule: {
        every: rule.every,
        end: { kind: 'count', count: locals.length },
        except: rule.except.filter((day) => days.has(day)),
      },
    };
  };
  return { before: part(before), after: part(after) };
}

/**
 * The same series some days later and at another time of day.
 * @returns null where its rule cannot say that, as "the day after the second Tuesday"
 */
export function shiftRule({ rule, first }: Part, days: number, time: string): Part | null {
  const whole = expandRule(rule, first);
  if (!whole.ok) return null;
  const moved = whole.all.map((local) => shiftLocal(local, days, time));
  const [start] = moved;
  if (!start) return null;
  const shifted: Part = {
    first: start,
    rule: {
      every: shiftDays(rule.every, days),
      end: { kind: 'count', count: moved.length },
      except: rule.except.map((day) => shiftLocal(`${day}T00:00`, days, '00:00').slice(0, 10)),
    },
  };
  const again = expandRule(shifted.rule, shifted.first);
  return again.ok && again.all.join() === moved.join() ? shifted : null;
}

function shiftDays(every: Rule['every'], days: number): Rule['every'] {
  const turn = (day: Weekday) => WEEKDAYS[(((WEEKDAYS.indexOf(day) + days) % 7) + 7) % 7] ?? day;
  return every.kind === 'weekly'
    ? { ...every, weekdays: inWeekOrder(every.weekdays.map(turn)) }
    : { ...every, weekday: turn(every.weekday) };
}

/** A local date and time some days later, at another time of day (`10:30`). */
export function shiftLocal(local: string, days: number, time: string): string {
  const date = Temporal.PlainDate.from(local.slice(0, 10)).add({ days });
  return `${date.toString()}T${time}`;
}

/** How many days lie between two local dates. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from.slice(0, 10)).until(to.slice(0, 10)).days;
}

function readLocal(text: string): Temporal.PlainDateTime | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null;
  try {
    return Temporal.PlainDateTime.from(text);
  } catch (error) {
    // Temporal tells a time that is none only so.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
