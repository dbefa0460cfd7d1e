import { expect, test } from 'vitest';
import { nextHour } from './next-hour';

test('a new lesson begins at the next full hour on the clock of its place', () => {
  const at = Date.UTC(2026, 2, 1, 22, 40);
  expect(nextHour(at, 'UTC')).toEqual({ date: '2026-03-01', time: '23:00' });
  expect(nextHour(at, 'Europe/Berlin')).toEqual({ date: '2026-03-02', time: '00:00' });
  expect(nextHour(at, 'Asia/Kolkata')).toEqual({ date: '2026-03-02', time: '05:00' });
});
