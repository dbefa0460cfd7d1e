import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  type Asked,
  DAY_MS,
  freeHours,
  type Hours,
  merge,
  MINUTE_MS,
  minutesOf,
  type Span,
} from './free-hours';

const EVERY_DAY = (from: string, to: string) => Array.from({ length: 7 }, () => [{ from, to }]);
const base: Hours = {
  timeZone: 'Europe/Berlin',
  weekly: EVERY_DAY('09:00', '12:00'),
  exceptions: [],
  stepMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  noticeMinutes: 0,
  horizonDays: 365,
  maxADay: null,
};
const at = (local: string, zone = 'Europe/Berlin') =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
const wallOf = (instant: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
const wall = (instant: number, zone = 'Europe/Berlin') =>
  wallOf(instant, zone).toPlainTime().toString({ smallestUnit: 'minute' });

function hoursOn(date: string, hours: Partial<Hours>, more: Partial<Asked> = {}) {
  const all = { ...base, ...hours };
  const day = Temporal.PlainDate.from(date);
  const window = {
    from: day.toZonedDateTime(all.timeZone).epochMilliseconds,
    to: day.add({ days: 1 }).toZonedDateTime(all.timeZone).epochMilliseconds,
  };
  return freeHours({
    ...{ hours: all, lengthMinutes: 30, seats: 1, now: window.from - 7 * DAY_MS, window },
    ...{ busy: [], booked: [], open: [], ...more },
  });
}
const shown = (date: string, hours: Partial<Hours>, more: Partial<Asked> = {}) =>
  hoursOn(date, hours, more).map((hour) => wall(hour.at, hours.timeZone));

describe('free hours', () => {
  test('go through a range in steps, as long as the lesson fits', () => {
    expect(shown('2026-05-04', {}, { lengthMinutes: 60 })).toEqual([
      '09:00',
      '09:30',
      '10:00',
      '10:30',
      '11:00',
    ]);
    expect(shown('2026-05-04', {}, { lengthMinutes: 200 })).toEqual([]);
  });

  test('know days off and dates with other hours', () => {
    const exceptions = [
      { date: '2026-05-04', ranges: [] },
      { date: '2026-05-05', ranges: [{ from: '20:00', to: '21:00' }] },
    ];
    expect(shown('2026-05-04', { exceptions })).toEqual([]);
    expect(shown('2026-05-05', { exceptions })).toEqual(['20:00', '20:30']);
    expect(shown('2026-05-06', { exceptions })).toHaveLength(6);
  });

  test('keep buffers free around what is booked', () => {
    const busy = [{ from: at('2026-05-04T10:00'), to: at('2026-05-04T10:30') }];
    expect(shown('2026-05-04', { bufferBeforeMinutes: 15, bufferAfterMinutes: 10 }, { busy })).toEqual([
      '09:00',
      '11:00',
      '11:30',
    ]);
  });

  test('are none on a day that has as many as it may', () => {
    const booked = [at('2026-05-04T09:00'), at('2026-05-04T10:00')];
    expect(shown('2026-05-04', { maxADay: 2 }, { booked })).toEqual([]);
    expect(shown('2026-05-04', { maxADay: 3 }, { booked })).not.toEqual([]);
    expect(shown('2026-05-05', { maxADay: 2 }, { booked })).not.toEqual([]);
  });

  test('are those with a seat left, too', () => {
    const busy = [{ from: at('2026-05-04T09:00'), to: at('2026-05-04T09:30') }];
    const open = [{ at: at('2026-05-04T09:00'), seatsLeft: 2 }];
    const found = hoursOn(
      '2026-05-04',
      { maxADay: 1 },
      { seats: 4, busy, open, booked: [at('2026-05-04T09:00')] },
    );
    expect(found).toEqual(open);
    expect(hoursOn('2026-05-04', {}, { seats: 4, busy, open }).map(({ seatsLeft }) => seatsLeft)).toEqual([
      2, 4, 4, 4, 4, 4,
    ]);
  });

  test('reach over midnight where the ranges touch', () => {
    const weekly = EVERY_DAY('22:00', '24:00').map((late) => [{ from: '00:00', to: '01:00' }, ...late]);
    expect(shown('2026-05-04', { weekly }, { lengthMinutes: 90 })).toEqual([
      '22:00',
      '22:30',
      '23:00',
      '23:30',
    ]);
  });

  // Berlin: 2026-03-29 02:00 → 03:00, 2026-10-25 03:00 → 02:00.
  test('of an hour that daylight saving skips are not there', () => {
    const weekly = EVERY_DAY('01:00', '04:00');
    expect(shown('2026-03-29', { weekly })).toEqual(['01:00', '01:30', '03:00', '03:30']);
    expect(shown('2026-03-29', { weekly: EVERY_DAY('02:00', '03:00') })).toEqual([]);
    expect(shown('2026-03-29', { weekly: EVERY_DAY('02:30', '04:00') })).toEqual(['03:00', '03:30']);
  });

  test('of an hour that daylight saving repeats are there twice, on a day of 25 hours', () => {
    const weekly = EVERY_DAY('01:00', '04:00');
    const twice = ['01:00', '01:30', '02:00', '02:30', '02:00', '02:30', '03:00', '03:30'];
    expect(shown('2026-10-25', { weekly })).toEqual(twice);
    expect(shown('2026-10-25', { weekly: EVERY_DAY('00:00', '24:00') }, { lengthMinutes: 60 })).toHaveLength(
      50,
    );
  });

  test('keep their time on the wall when the clocks change', () => {
    for (const date of ['2026-03-28', '2026-03-30', '2026-10-24', '2026-10-26']) {
      expect(shown(date, {})[0]).toBe('09:00');
    }
  });

  test('begin neither within the notice nor beyond the horizon', () => {
    const now = at('2026-05-04T08:00');
    expect(shown('2026-05-04', { noticeMinutes: 120 }, { now })[0]).toBe('10:00');
    expect(shown('2026-05-05', { horizonDays: 1 }, { now: at('2026-05-04T10:00') }).at(-1)).toBe('10:00');
  });
});

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Beirut',
  'America/Sao_Paulo',
  'UTC',
];
// Around changes of the clocks in these zones, and far from any.
const DATES = [
  '2026-03-28',
  '2026-03-08',
  '2026-10-25',
  '2026-11-01',
  '2026-04-05',
  '2026-10-04',
  '2026-07-10',
];

const time = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const ranges = fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 }).map((quarters) => {
  const sorted = quarters.toSorted((a, b) => a - b).map((quarter) => time(quarter * 15));
  return sorted.flatMap((from, index) => {
    const to = sorted[index + 1];
    return index % 2 === 0 && to ? [{ from, to }] : [];
  });
});
const spans = (start: number): fc.Arbitrary<Span[]> =>
  fc
    .array(
      fc.record({ from: fc.integer({ min: -200, max: 800 }), length: fc.integer({ min: 1, max: 20 }) }),
      { maxLength: 12 },
    )
    .map((all) =>
      all.map(({ from, length }) => ({
        from: start + from * 15 * MINUTE_MS,
        to: start + (from + length) * 15 * MINUTE_MS,
      })),
    );

const asked: fc.Arbitrary<Asked> = fc
  .record({ zone: fc.constantFrom(...ZONES), date: fc.constantFrom(...DATES) })
  .chain(({ zone, date }) => {
    const start = Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
    return fc.record({
      hours: fc.record({
        timeZone: fc.constant(zone),
        weekly: fc.array(ranges, { minLength: 7, maxLength: 7 }),
        exceptions: ranges.map((other) => [{ date, ranges: other }]),
        stepMinutes: fc.constantFrom(10, 15, 30, 45, 60),
        bufferBeforeMinutes: fc.constantFrom(0, 5, 15),
        bufferAfterMinutes: fc.constantFrom(0, 10, 30),
        noticeMinutes: fc.integer({ min: 0, max: 3000 }),
        horizonDays: fc.integer({ min: 1, max: 8 }),
        maxADay: fc.option(fc.integer({ min: 1, max: 3 })),
      }),
      lengthMinutes: fc.constantFrom(15, 30, 50, 60, 90),
      seats: fc.constantFrom(1, 5),
      now: fc.integer({ min: -2000, max: 2000 }).map((minutes) => start + minutes * MINUTE_MS),
      window: fc.constant({ from: start - DAY_MS, to: start + 7 * DAY_MS }),
      busy: spans(start),
      booked: spans(start).map((all) => all.map(({ from }) => from)),
      open: fc.constant([]),
    });
  });

describe('whatever the hours, rules and bookings are', () => {
  test('no free hour with its buffers overlaps what is booked or taught, and all lie between notice and horizon', () => {
    fc.assert(
      fc.property(asked, (ask) => {
        const { hours, lengthMinutes, now, busy, window } = ask;
        for (const { at: begins } of freeHours(ask)) {
          const from = begins - hours.bufferBeforeMinutes * MINUTE_MS;
          const to = begins + (lengthMinutes + hours.bufferAfterMinutes) * MINUTE_MS;
          expect(busy.some((span) => span.from < to && span.to > from)).toBe(false);
          expect(begins).toBeGreaterThanOrEqual(now + hours.noticeMinutes * MINUTE_MS);
          expect(begins).toBeLessThanOrEqual(now + hours.horizonDays * DAY_MS);
          expect(begins >= window.from && begins < window.to).toBe(true);
        }
      }),
    );
  });

  test('the clock on the wall shows bookable hours from the beginning of a free hour to its end', () => {
    fc.assert(
      fc.property(asked, (ask) => {
        const { timeZone, weekly, exceptions } = ask.hours;
        for (const { at: begins } of freeHours(ask)) {
          for (let minute = 0; minute < ask.lengthMinutes; minute += 5) {
            const shows = wallOf(begins + minute * MINUTE_MS, timeZone);
            const date = shows.toPlainDate();
            const other = exceptions.find((one) => one.date === date.toString());
            const open = other?.ranges ?? weekly[date.dayOfWeek - 1] ?? [];
            const clock = shows.hour * 60 + shows.minute;
            expect(open.some(({ from, to }) => minutesOf(from) <= clock && clock < minutesOf(to))).toBe(true);
          }
        }
      }),
    );
  });

  test('a day that has as many bookings as it may has no free hour, and booking all that is free leaves nothing over the limit', () => {
    fc.assert(
      fc.property(asked, (ask) => {
        const dayOf = (instant: number) => wallOf(instant, ask.hours.timeZone).toPlainDate().toString();
        const booked = [...ask.booked];
        const busy = [...ask.busy];
        const took: number[] = [];
        for (
          let next = freeHours(ask)[0];
          next && took.length < 12;
          next = freeHours({ ...ask, booked, busy })[0]
        ) {
          const full = booked.filter((one) => dayOf(one) === dayOf(next?.at ?? 0)).length;
          expect(full).toBeLessThan(ask.hours.maxADay ?? Number.POSITIVE_INFINITY);
          took.push(next.at);
          booked.push(next.at);
          busy.push({ from: next.at, to: next.at + ask.lengthMinutes * MINUTE_MS });
        }
        expect(
          merge(took.map((from) => ({ from, to: from + ask.lengthMinutes * MINUTE_MS - 1 }))),
        ).toHaveLength(took.length);
      }),
      { numRuns: 60 },
    );
  });

  test('what is free does not depend on the span that is asked for', () => {
    fc.assert(
      fc.property(asked, fc.integer({ min: 0, max: 7 * 24 }), (ask, hour) => {
        const from = ask.window.from + hour * 60 * MINUTE_MS;
        const whole = freeHours(ask).filter((one) => one.at >= from);
        expect(freeHours({ ...ask, window: { ...ask.window, from } })).toEqual(whole);
      }),
    );
  });
});
