import { describe, expect, it } from 'vitest';
import { dayIn, isZone, presentName, readZoneCookie, zonePlace } from './zones';

describe("the viewer's time zone", () => {
  it('comes from the cookie when the runtime knows it', () => {
    expect(readZoneCookie('America/New_York')).toBe('America/New_York');
    expect(readZoneCookie('Etc/GMT+5')).toBe('Etc/GMT+5');
  });
  it('is UTC for a cookie that is absent, unknown or no zone at all', () => {
    for (const value of [undefined, '', 'Mars/Olympus', '<script>', 'x'.repeat(500)])
      expect(readZoneCookie(value)).toBe('UTC');
    expect(isZone('Mars/Olympus')).toBe(false);
  });
  it('decides which day an instant falls on', () => {
    const at = Date.UTC(2026, 2, 1, 3, 0);
    expect(dayIn('America/New_York', at)).toBe('2026-02-28');
    expect(dayIn('Asia/Tokyo', at)).toBe('2026-03-01');
  });
  it('has a place in words', () => {
    expect(zonePlace('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
  });
  it('goes by its present name, which the runtime knows as well', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) expect(isZone(presentName(zone))).toBe(true);
    expect(presentName('Asia/Calcutta')).toBe('Asia/Kolkata');
    expect(zonePlace('Europe/Kiev')).toBe('Kyiv');
  });
});
