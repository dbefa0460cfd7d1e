import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  expandRule,
  MAX_OCCURRENCES,
  type Rule,
  rruleText,
  shiftRule,
  splitRule,
  WEEKDAYS,
} from './recurrence';
import { resolveWallClock } from './wall-clock';

const weekly = (weekdays: readonly (typeof WEEKDAYS)[number][], interval = 1): Rule['every'] => ({
  kind: 'weekly',
  interval,
  weekdays: [...weekdays],
});
const count = (n: number): Rule['end'] => ({ kind: 'count', count: n });
function held(rule: Partial<Rule> & Pick<Rule, 'every'>, first: string): string[] {
  const expanded = expandRule({ end: count(4), except: [], ...rule }, first);
  if (!expanded.ok) throw new Error(expanded.problem.reason);
  return expanded.held;
}
const reason = (rule: Partial<Rule>, first = '2026-11-24T10:00') => {
  const expanded = expandRule({ every: weekly(['TU']), end: count(4), except: [], ...rule }, first);
  return expanded.ok ? null : expanded.problem.reason;
};

describe('a rule', () => {
  it('is weekly on several days, and every other week', () => {
    expect(held({ every: weekly(['TH', 'TU']) }, '2026-11-24T10:00')).toEqual([
      '2026-11-24T10:00',
      '2026-11-26T10:00',
      '2026-12-01T10:00',
      '2026-12-03T10:00',
    ]);
    expect(held({ every: weekly(['TU', 'SU'], 2) }, '2026-11-24T10:00')).toEqual([
      '2026-11-24T10:00',
      '2026-11-29T10:00',
      '2026-12-08T10:00',
      '2026-12-13T10:00',
    ]);
  });
  it('is monthly by weekday, from the first of them on that is not past', () => {
    const every: Rule['every'] = { kind: 'monthly', interval: 1, week: 2, weekday: 'TU' };
    expect(held({ every, end: count(3) }, '2026-11-24T18:30')).toEqual([
      '2026-12-08T18:30',
      '2027-01-12T18:30',
      '2027-02-09T18:30',
    ]);
    expect(held({ every: { ...every, week: -1, weekday: 'FR' }, end: count(2) }, '2026-11-01T09:00')).toEqual(
      ['2026-11-27T09:00', '2026-12-25T09:00'],
    );
  });
  it('ends on a date, that day included, and leaves out the days without a lesson', () => {
    const end: Rule['end'] = { kind: 'until', date: '2026-12-15' };
    expect(held({ every: weekly(['TU']), end, except: ['2026-12-01'] }, '2026-11-24T10:00')).toEqual([
      '2026-11-24T10:00',
      '2026-12-08T10:00',
      '2026-12-15T10:00',
    ]);
  });
  it('is refused by name: every 0 weeks, on no day, without an end, all of it left out', () => {
    expect(reason({ every: weekly(['TU'], 0) })).toBe('interval');
    expect(reason({ every: weekly(['TU'], 1.5) })).toBe('interval');
    expect(reason({ every: weekly(['TU'], Number.NaN) })).toBe('interval');
    expect(reason({ every: weekly([]) })).toBe('weekdays');
    expect(reason({ end: count(0) })).toBe('count');
    expect(reason({ end: count(Number.POSITIVE_INFINITY) })).toBe('count');
    expect(reason({ end: { kind: 'until', date: '2026-11-23' } })).toBe('untilBefore');
    expect(reason({ end: { kind: 'until', date: '2026-13-45' } })).toBe('untilBefore');
    expect(reason({ end: count(1), except: ['2026-11-24'] })).toBe('none');
    expect(reason({}, 'tomorrow')).toBe('time');
  });
  it('of 100,000 lessons is refused', () => {
    expect(reason({ end: count(100_000) })).toBe('tooMany');
    expect(reason({ every: weekly(WEEKDAYS), end: { kind: 'until', date: '2300-01-01' } })).toBe('tooMany');
    expect(reason({ end: count(MAX_OCCURRENCES) })).toBeNull();
    expect(reason({ end: count(MAX_OCCURRENCES + 1) })).toBe('tooMany');
  });
  it('is written as calendars read it', () => {
    const rule: Rule = { every: weekly(['TH', 'TU'], 2), end: count(7), except: [] };
    expect(rruleText(rule, 7)).toBe('FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU,TH;COUNT=7');
    const monthly: Rule = { ...rule, every: { kind: 'monthly', interval: 1, week: -1, weekday: 'FR' } };
    expect(rruleText(monthly, 7)).toBe('FREQ=MONTHLY;INTERVAL=1;BYDAY=-1FR;COUNT=7');
  });
  it('moves with its lessons, and says where it cannot', () => {
    const part = {
      rule: { every: weekly(['TU', 'TH']), end: count(4), except: [] },
      first: '2026-11-24T10:00',
    };
    expect(shiftRule(part, 1, '11:30')).toEqual({
      rule: { every: weekly(['WE', 'FR']), end: count(4), except: [] },
      first: '2026-11-25T11:30',
    });
    const monthly: Rule = {
      every: { kind: 'monthly', interval: 1, week: 2, weekday: 'TU' },
      end: count(12),
      except: [],
    };
    expect(shiftRule({ rule: monthly, first: '2026-12-08T10:00' }, 1, '10:00')).toBeNull();
    expect(shiftRule({ rule: monthly, first: '2026-12-08T10:00' }, 0, '12:00')?.first).toBe(
      '2026-12-08T12:00',
    );
  });
});

const day = fc.constantFrom(...WEEKDAYS);
const interval = fc.integer({ min: 1, max: 6 });
const every: fc.Arbitrary<Rule['every']> = fc.oneof(
  fc.record({
    kind: fc.constant('weekly' as const),
    interval,
    weekdays: fc.uniqueArray(day, { minLength: 1 }),
  }),
  fc.record({
    kind: fc.constant('monthly' as const),
    interval,
    week: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, -1 as const),
    weekday: day,
  }),
);
const first = fc.integer({ min: 0, max: 2 * 366 * 24 * 4 }).map((quarters) =>
  Temporal.PlainDateTime.from('2026-01-01T00:00')
    .add({ minutes: quarters * 15 })
    .toString({ smallestUnit: 'minute' }),
);
const series = fc
  .record({
    every,
    first,
    lessons: fc.integer({ min: 1, max: 60 }),
    leftOut: fc.array(fc.nat(59), { maxLength: 5 }),
  })
  .map(({ every, first, lessons, leftOut }) => {
    const bare = expandRule({ every, end: count(lessons), except: [] }, first);
    const all = bare.ok ? bare.all : [];
    const except = [...new Set(leftOut.flatMap((index) => all[index]?.slice(0, 10) ?? []))];
    return { rule: { every, end: count(lessons), except: except.length < all.length ? except : [] }, first };
  });
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Kolkata',
];

describe('any series', () => {
  it('goes strictly forward, and each lesson has the time on the wall that was asked for, but for hours that are skipped', () => {
    fc.assert(
      fc.property(series, fc.constantFrom(...ZONES), ({ rule, first }, zone) => {
        const expanded = expandRule(rule, first);
        if (!expanded.ok) throw new Error(expanded.problem.reason);
        let last = Number.NEGATIVE_INFINITY;
        for (const local of expanded.held) {
          expect(local.slice(11)).toBe(first.slice(11));
          const found = resolveWallClock(local, zone);
          if (!found.ok) throw new Error(found.reason);
          const shown = Temporal.Instant.fromEpochMilliseconds(found.at.getTime()).toZonedDateTimeISO(zone);
          const asked = shown.toPlainDateTime().toString({ smallestUnit: 'minute' }) === local;
          expect(asked).toBe(found.adjusted !== 'skipped');
          expect(found.at.getTime()).toBeGreaterThan(last);
          last = found.at.getTime();
        }
      }),
    );
  });
  it('cut anywhere is together what it was, and nothing twice', () => {
    fc.assert(
      fc.property(series, fc.nat(59), (whole, where) => {
        const expanded = expandRule(whole.rule, whole.first);
        if (!expanded.ok) throw new Error(expanded.problem.reason);
        const at = expanded.all[where % expanded.all.length] ?? '';
        const { before, after } = splitRule(whole, at);
        const parts = [before, after].flatMap((part) => {
          if (!part) return [];
          const half = expandRule(part.rule, part.first);
          // A half all of whose days are left out gives no lesson.
          return half.ok ? half.held : [];
        });
        expect(parts).toEqual(expanded.held);
        expect(after?.first).toBe(at);
      }),
    );
  });
});
