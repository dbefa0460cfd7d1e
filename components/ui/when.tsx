'use client';

import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { useViewerZone } from './viewer-zone';
import { dayIn, zoneName, zonePlace } from './zones';

const DAY_MS = 86_400_000;

/** One kind of space: which thin one stands in "1 – 2 PM" depends on the runtime's version of ICU, and hydration compares. */
export const plain = (text: string) => text.replace(/\s/gu, ' ');

/** Formats instants as the viewer reads them. `now` (ms) decides what "today" is: pass the server's, so that both sides agree. */
export function useWhen(now: number) {
  const zone = useViewerZone();
  const locale = useLocale();
  const format = useFormatter();
  const t = useTranslations('ui.when');

  const time = (at: number, inZone = zone) =>
    plain(format.dateTime(at, { timeZone: inZone, timeStyle: 'short' }));

  function day(at: number, inZone = zone): string {
    const that = dayIn(inZone, at);
    if (that === dayIn(inZone, now)) return t('today');
    if (that === dayIn(inZone, now + DAY_MS)) return t('tomorrow');
    if (that === dayIn(inZone, now - DAY_MS)) return t('yesterday');
    const sameYear = that.slice(0, 4) === dayIn(inZone, now).slice(0, 4);
    return plain(
      format.dateTime(at, {
        timeZone: inZone,
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        ...(sameYear ? {} : { year: 'numeric' }),
      }),
    );
  }

  /** Start and end, such as `10:00 – 10:45`; over midnight with the day on which it ends. */
  function span(at: number, minutes: number, inZone = zone): string {
    const end = at + minutes * 60_000;
    if (dayIn(inZone, at) !== dayIn(inZone, end)) {
      const weekday = plain(format.dateTime(end, { timeZone: inZone, weekday: 'short' }));
      return t('overnight', { from: time(at, inZone), day: weekday, to: time(end, inZone) });
    }
    return plain(
      format.dateTimeRange(at, end, {
        timeZone: inZone,
        hour: 'numeric',
        minute: '2-digit',
      }),
    );
  }

  /** The lesson's own zone in words where the clock there shows something else than the viewer's; else null. */
  function elsewhere(at: number, lessonZone: string): string | null {
    if (zoneName(locale, lessonZone, at) === zoneName(locale, zone, at)) return null;
    const there =
      dayIn(lessonZone, at) === dayIn(zone, at)
        ? time(at, lessonZone)
        : `${day(at, lessonZone)} ${time(at, lessonZone)}`;
    return t('elsewhere', { time: there, place: zonePlace(lessonZone) });
  }

  return {
    zone,
    zoneShort: (at: number) => zoneName(locale, zone, at),
    /** A zone in words, such as `Central European Standard Time`. */
    zoneOf: (inZone: string, at: number) => zoneName(locale, inZone, at, 'long'),
    time,
    day,
    span,
    elsewhere,
    isToday: (at: number) => dayIn(zone, at) === dayIn(zone, now),
  };
}
