import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { resolveWallClock } from './wall-clock';

const at = (iso: string) => new Date(iso);

test('a local time is found in its zone, winter and summer', () => {
  expect(resolveWallClock('2026-01-15T10:00', 'Europe/Berlin')).toEqual({
    ok: true,
    at: at('2026-01-15T09:00:00Z'),
    adjusted: null,
  });
  expect(resolveWallClock('2026-07-15T10:00', 'Europe/Berlin')).toMatchObject({
    at: at('2026-07-15T08:00:00Z'),
  });
  expect(resolveWallClock('2026-07-15T10:00', 'Asia/Kathmandu')).toMatchObject({
    at: at('2026-07-15T04:15:00Z'),
  });
});

test('an hour that the clocks jump over moves behind the jump, and that is told', () => {
  expect(resolveWallClock('2026-03-29T02:30', 'Europe/Berlin')).toEqual({
    ok: true,
    at: at('2026-03-29T01:30:00Z'),
    adjusted: 'skipped',
  });
});

test('an hour that happens twice is its first, and that is told', () => {
  expect(resolveWallClock('2026-11-01T01:30', 'America/New_York')).toEqual({
    ok: true,
    at: at('2026-11-01T05:30:00Z'),
    adjusted: 'repeated',
  });
});

test('what is no time or no zone is refused by name', () => {
  for (const bad of ['', 'tomorrow', '2026-02-30T10:00', '2026-01-01T25:00']) {
    expect(resolveWallClock(bad, 'Europe/Berlin')).toEqual({ ok: false, reason: 'time' });
  }
  for (const bad of ['', 'Mars/Olympus', '+02:00', '<script>']) {
    expect(resolveWallClock('2026-01-15T10:00', bad)).toEqual({ ok: false, reason: 'zone' });
  }
});

test('unless the clocks jump, the wall shows what was asked for', () => {
  const zone = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'UTC',
  );
  const minutes = fc.integer({ min: 0, max: 4 * 365 * 24 * 60 });
  fc.assert(
    fc.property(zone, minutes, (timeZone, offset) => {
      const asked = Temporal.PlainDateTime.from('2026-01-01T00:00').add({ minutes: offset });
      const found = resolveWallClock(asked.toString(), timeZone);
      if (!found.ok) throw new Error(found.reason);
      const shown = Temporal.Instant.fromEpochMilliseconds(found.at.getTime())
        .toZonedDateTimeISO(timeZone)
        .toPlainDateTime();
      expect(shown.equals(asked)).toBe(found.adjusted !== 'skipped');
    }),
  );
});
