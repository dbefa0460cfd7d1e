import { describe, expect, it } from 'vitest';
import { byDay, shiftMonth, spanOf, weeksOf } from './months';

describe('a month of the booking page', () => {
  it('has its days in weeks that begin on Monday', () => {
    const weeks = weeksOf('2026-03');
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-03-01']);
    expect(weeks).toHaveLength(6);
    expect(weeks.flat().filter(Boolean)).toHaveLength(31);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
  });

  it('has weeks that begin on Sunday where the reader’s do', () => {
    const weeks = weeksOf('2026-03', 7);
    expect(weeks[0]?.[0]).toBe('2026-03-01');
    expect(weeks).toHaveLength(5);
    expect(weeks.flat().filter(Boolean)).toHaveLength(31);
  });

  it('follows the one before, over the end of a year too', () => {
    expect(shiftMonth('2026-12', 1)).toBe('2027-01');
    expect(shiftMonth('2026-01', -1)).toBe('2025-12');
  });

  it('is asked for whole, wherever its reader is', () => {
    const { from, to } = spanOf('2026-03');
    // Kiritimati is 14 hours ahead, Baker Island 12 behind.
    expect(from).toBe(Date.parse('2026-03-01T00:00:00+14:00'));
    expect(to).toBe(Date.parse('2026-04-01T00:00:00-12:00'));
  });

  it('shows an hour on the day that it has on the reader’s clock', () => {
    const hour = { at: Date.parse('2026-03-01T23:30:00Z'), seatsLeft: 1 };
    expect([...byDay([hour], 'UTC').keys()]).toEqual(['2026-03-01']);
    expect([...byDay([hour], 'Asia/Tokyo').keys()]).toEqual(['2026-03-02']);
  });
});
