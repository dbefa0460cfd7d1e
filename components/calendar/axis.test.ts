import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AxisDay, gapsOf, instantAt, makeAxis, placeAt, spanOn } from './axis';
import { daysOf } from './span';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const weekOf = (date: string, zone: string) => makeAxis(daysOf('week', date), zone);
const dayOf = (axis: ReturnType<typeof makeAxis>, date: string): AxisDay => {
  const day = axis.days.find((one) => one.date === date);
  if (!day) throw new Error(`no ${date}`);
  return day;
};
const at = (text: string) => Date.parse(text);

describe('the hours of a week', () => {
  it('are 24 on a plain one, and a lesson stands where its clock says', () => {
    const axis = weekOf('2026-06-10', 'Europe/Berlin');
    expect(axis.length).toBe(1440);
    expect(axis.lines).toHaveLength(24);
    const day = dayOf(axis, '2026-06-10');
    expect(placeAt(day, at('2026-06-10T10:30+02:00'))).toBe(10.5 * 60);
    expect(gapsOf(axis, day)).toEqual([]);
  });
  it('of a day of 23 hours leave out the one that the clocks skip, on that day alone', () => {
    const axis = weekOf('2026-03-29', 'Europe/Berlin');
    const day = dayOf(axis, '2026-03-29');
    expect(axis.length).toBe(1440);
    expect(day.to - day.from).toBe(23 * HOUR_MS);
    expect(gapsOf(axis, day)).toEqual([{ top: 120, bottom: 180 }]);
    expect(gapsOf(axis, dayOf(axis, '2026-03-28'))).toEqual([]);
    expect(placeAt(day, at('2026-03-29T03:00+02:00'))).toBe(180);
    // Let go on the hour that there is not, it is at the first moment after it.
    expect(instantAt(day, 150)).toBe(at('2026-03-29T03:00+02:00'));
    // Half past one to half past three is one hour that passes, and as long as its clock says.
    expect(spanOn(day, at('2026-03-29T01:30+01:00'), at('2026-03-29T03:30+02:00'))).toEqual({
      top: 90,
      bottom: 210,
    });
  });
  it('of a day of 25 hours have the repeated one twice, which the other days leave empty', () => {
    const axis = weekOf('2026-10-25', 'Europe/Berlin');
    const day = dayOf(axis, '2026-10-25');
    expect(axis.length).toBe(1500);
    expect(axis.lines.filter(({ clock }) => clock === 120)).toEqual([
      { at: 120, clock: 120, again: false },
      { at: 180, clock: 120, again: true },
    ]);
    expect(placeAt(day, at('2026-10-25T02:30+02:00'))).toBe(150);
    expect(placeAt(day, at('2026-10-25T02:30+01:00'))).toBe(210);
    expect(placeAt(day, at('2026-10-25T10:00+01:00'))).toBe(660);
    expect(gapsOf(axis, day)).toEqual([]);
    const other = dayOf(axis, '2026-10-24');
    expect(gapsOf(axis, other)).toEqual([{ top: 180, bottom: 240 }]);
    // The same time of the clock stands beside it on every day.
    expect(placeAt(other, at('2026-10-24T10:00+02:00'))).toBe(660);
  });
  it('know changes by half an hour and at midnight', () => {
    expect(weekOf('2026-04-05', 'Australia/Lord_Howe').length).toBe(1470);
    const beirut = dayOf(weekOf('2026-03-29', 'Asia/Beirut'), '2026-03-29');
    expect(beirut.to - beirut.from).toBe(23 * HOUR_MS);
    expect(placeAt(beirut, beirut.from)).toBe(60);
  });
  it('cut a lesson that crosses midnight into a part for each day', () => {
    const axis = weekOf('2026-06-10', 'UTC');
    const [from, to] = [at('2026-06-10T22:00Z'), at('2026-06-11T01:30Z')];
    expect(spanOn(dayOf(axis, '2026-06-10'), from, to)).toEqual({ top: 1320, bottom: 1440 });
    expect(spanOn(dayOf(axis, '2026-06-11'), from, to)).toEqual({ top: 0, bottom: 90 });
    expect(spanOn(dayOf(axis, '2026-06-12'), from, to)).toBeNull();
    // Ending at midnight it is not of the next day.
    expect(spanOn(dayOf(axis, '2026-06-11'), from, at('2026-06-11T00:00Z'))).toBeNull();
  });
});

const zones = fc.constantFrom(
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Asia/Beirut'],
  ...['America/Havana', 'Pacific/Chatham', 'America/Asuncion', 'Africa/Casablanca', 'Antarctica/Troll'],
);
const dates = fc
  .integer({ min: 0, max: 5 * 366 })
  .map((day) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10));

describe('place and time', () => {
  it('of each minute of a week belong to each other, whatever the clocks do', () => {
    fc.assert(
      fc.property(zones, dates, fc.nat(1499), (zone, date, minute) => {
        const axis = weekOf(date, zone);
        for (const day of axis.days) {
          const instant = day.from + minute * MINUTE_MS;
          if (instant >= day.to) continue;
          const place = placeAt(day, instant);
          expect(place).not.toBeNull();
          expect(instantAt(day, place ?? -1)).toBe(instant);
        }
      }),
    );
  });
  it('of each place are the other way round as well, but for the hours that a day does not have', () => {
    fc.assert(
      fc.property(zones, dates, fc.nat(1499), (zone, date, place) => {
        const axis = weekOf(date, zone);
        for (const day of axis.days) {
          const gap = gapsOf(axis, day).some(({ top, bottom }) => place >= top && place < bottom);
          if (gap || place >= axis.length) continue;
          expect(placeAt(day, instantAt(day, place))).toBe(place);
        }
      }),
    );
  });
  it('go in the same order on a day', () => {
    fc.assert(
      fc.property(zones, dates, fc.nat(1499), fc.nat(1499), (zone, date, a, b) => {
        for (const day of weekOf(date, zone).days) {
          const [first, second] = [a, b].toSorted((x, y) => x - y).map((one) => instantAt(day, one));
          expect(first ?? 0).toBeLessThanOrEqual(second ?? 0);
        }
      }),
    );
  });
});
