'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { type Rule, type Weekday, WEEKDAYS } from './series-rule';

/** The first of January 2024 was a Monday. */
const dayAt = (day: Weekday) => Date.UTC(2024, 0, 1 + WEEKDAYS.indexOf(day));

/** In languages whose weekdays are of two genders (Ukrainian): those of the one, by which "the first" is worded. */
const FEMININE: ReadonlySet<Weekday> = new Set(['WE', 'FR', 'SA', 'SU']);

/** Rules in plain words, such as "Every Tuesday and Thursday until Dec 18, 12 lessons". */
export function useSeriesWords() {
  const t = useTranslations('series');
  const format = useFormatter();
  const name = (day: Weekday, weekday: 'long' | 'short' = 'long') =>
    format.dateTime(dayAt(day), { weekday, timeZone: 'UTC' });

  function every({ every: how }: Rule): string {
    const { interval } = how;
    if (how.kind === 'monthly') {
      const values = { interval, week: String(how.week), weekday: name(how.weekday) };
      return t('monthly', { ...values, gender: FEMININE.has(how.weekday) ? 'feminine' : 'other' });
    }
    const days = WEEKDAYS.filter((day) => how.weekdays.includes(day)).map((day) => name(day));
    return t('weekly', { interval, days: format.list(days, { type: 'conjunction' }) });
  }

  /** @param until  the last lesson, ms since the epoch, to be read on the clock of `zone` */
  function whole(rule: Rule, count: number, until: number, zone: string): string {
    const date = format.dateTime(until, { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone });
    return t('whole', { every: every(rule), until: date, count });
  }
  /** A day of a date field, such as `2026-12-24`, in words. */
  const dateOf = (day: string) =>
    format.dateTime(Date.parse(day), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  return { name, every, whole, dateOf };
}
