import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysBetween, drawn, shifted, shiftOfKey, toStep } from './moves';
import { byDay } from './on-days';
import { daysOf, readPlace, spanOf, step } from './span';

const at = (text: string) => Date.parse(text);

describe('moving a lesson', () => {
  it('by days keeps its time on the wall, also over a change of the clocks', () => {
    const start = at('2026-03-27T10:00+01:00');
    expect(shifted(start, { days: 7, minutes: 0 }, 'Europe/Berlin')).toBe(at('2026-04-03T10:00+02:00'));
    expect(shifted(start, { days: 7, minutes: 0 }, 'UTC')).toBe(start + 7 * 86_400_000);
  });
  it('into the hour that the clocks skip puts it after that', () => {
    expect(shifted(at('2026-03-28T02:30+01:00'), { days: 1, minutes: 0 }, 'Europe/Berlin')).toBe(
      at('2026-03-29T03:30+02:00'),
    );
  });
  it('by keys goes in quarters, hours, days and weeks', () => {
    expect(shiftOfKey('ArrowDown', 'week', false)).toEqual({ days: 0, minutes: 15 });
    expect(shiftOfKey('ArrowUp', 'week', true)).toEqual({ days: 0, minutes: -60 });
    expect(shiftOfKey('ArrowRight', 'week', false)).toEqual({ days: 1, minutes: 0 });
    expect(shiftOfKey('ArrowUp', 'month', false)).toEqual({ days: -7, minutes: 0 });
    expect(shiftOfKey('Enter', 'month', false)).toBeNull();
  });
  it('there and back is where it was, where the clocks do not change between', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100_000 }),
        fc.integer({ min: -60, max: 60 }),
        (quarter, days) => {
          const start = toStep(at('2026-01-01T00:00Z') + quarter * 900_000);
          const there = shifted(start, { days, minutes: 45 }, 'Asia/Kathmandu');
          expect(shifted(there, { days: -days, minutes: -45 }, 'Asia/Kathmandu')).toBe(start);
        },
      ),
    );
  });
});

describe('drawing a time', () => {
  it('takes whole quarters, at least one, whichever way it is drawn', () => {
    const ten = at('2026-06-10T10:00Z');
    expect(drawn(ten + 60_000, ten + 60_000)).toEqual({ at: ten, minutes: 15 });
    expect(drawn(ten + 60_000, ten + 46 * 60_000)).toEqual({ at: ten, minutes: 60 });
    expect(drawn(ten + 46 * 60_000, ten + 60_000)).toEqual({ at: ten, minutes: 60 });
  });
});

describe('the days of a view', () => {
  it('are whole weeks from Monday, those before and after it are next to them', () => {
    expect(daysOf('week', '2026-03-29')).toEqual([
      ...['2026-03-23', '2026-03-24', '2026-03-25', '2026-03-26', '2026-03-27', '2026-03-28', '2026-03-29'],
    ]);
    expect(daysOf('week', '2026-03-29', 7)[0]).toBe('2026-03-29');
    expect(daysOf('week', '2026-03-28', 7)[0]).toBe('2026-03-22');
    expect(daysOf('month', '2026-03-29', 7)).toHaveLength(35);
    const march = daysOf('month', '2026-03-29');
    expect([march.length, march[0], march.at(-1)]).toEqual([42, '2026-02-23', '2026-04-05']);
    expect(daysOf('month', '2027-02-10')).toHaveLength(28);
    expect(step('month', '2026-03-31', -1)).toBe('2026-02-01');
    expect(step('week', '2026-03-29', 1)).toBe('2026-04-05');
    for (const view of ['month', 'week', 'agenda'] as const) {
      const days = daysOf(view, '2026-12-31');
      expect(days.every((day, index) => index === 0 || daysBetween(days[index - 1] ?? '', day) === 1)).toBe(
        true,
      );
    }
  });
  it('are asked for in spans that the server answers', () => {
    for (const view of ['month', 'week', 'agenda', null] as const) {
      const { from, to } = spanOf(view, '2026-03-29');
      expect(to - from).toBeLessThan(100 * 86_400_000);
    }
  });
  it('come from an address only where it names them', () => {
    expect(readPlace({ view: 'month', date: '2026-03-29' })).toEqual({ view: 'month', date: '2026-03-29' });
    for (const date of ['2026-02-30', '2026-3-1', 'tomorrow', '9999-01-01', ['2026-03-29'], undefined]) {
      expect(readPlace({ view: 'year', date })).toEqual({ view: null, date: null });
    }
  });
});

describe('a lesson on its days', () => {
  it('that crosses midnight is on both, and begins on one; by the viewer’s clock', () => {
    const lesson = { startsAt: at('2026-06-10T22:00Z'), durationMinutes: 240 };
    const days = ['2026-06-10', '2026-06-11', '2026-06-12'];
    const shown = (zone: string) =>
      [...byDay([lesson], days, zone)].map(([, found]) => found.map(({ begins }) => begins));
    expect(shown('UTC')).toEqual([[true], [false], []]);
    expect(shown('Asia/Tokyo')).toEqual([[], [true], []]);
    expect(shown('America/New_York')).toEqual([[true], [], []]);
  });
});
