import { Temporal } from 'temporal-polyfill';

/** What a clock on a wall in `zone` shows, found in time. */
export type WallClock =
  | {
      ok: true;
      at: Date;
      /**
       * `skipped`: the clocks jump over that hour, so the time given is the one right after it by the same amount;
       * `repeated`: the hour happens twice, and the first is taken.
       */
      adjusted: null | 'skipped' | 'repeated';
    }
  | { ok: false; reason: 'zone' | 'time' };

/**
 * Finds the instant of a local date and time, as `2026-03-29T10:30`, in an IANA time zone. Around a change of the clocks it
 * chooses as RFC 5545 does (Temporal's `compatible`) and says so.
 */
export function resolveWallClock(local: string, zone: string): WallClock {
  const time = parse(() => Temporal.PlainDateTime.from(local));
  if (!time) return { ok: false, reason: 'time' };
  // An offset such as +02:00 is a zone to Temporal, but not a place whose clocks change: only named zones are taken.
  const chosen = /^[A-Za-z]/.test(zone)
    ? parse(() => time.toZonedDateTime(zone, { disambiguation: 'compatible' }))
    : null;
  if (!chosen) return { ok: false, reason: 'zone' };
  const at = new Date(chosen.epochMilliseconds);
  if (!chosen.toPlainDateTime().equals(time)) return { ok: true, at, adjusted: 'skipped' };
  const later = time.toZonedDateTime(zone, { disambiguation: 'later' });
  return { ok: true, at, adjusted: later.equals(chosen) ? null : 'repeated' };
}

/** Temporal tells a bad time or zone only by throwing a RangeError. */
function parse<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
