import { useFormatter, useLocale } from 'next-intl';
import { firstWeekday } from '@/messages/locales';

/** The first of January 2024 was a Monday. */
const MONDAY = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;

/** The days of the week, in the order of the reader's calendars. */
export function useWeekdayNames(): { short: string; long: string }[] {
  const format = useFormatter();
  const first = firstWeekday(useLocale()) - 1;
  return Array.from({ length: 7 }, (_, day) => {
    const name = (weekday: 'short' | 'long') =>
      format.dateTime(MONDAY + ((first + day) % 7) * DAY_MS, { weekday, timeZone: 'UTC' });
    return { short: name('short'), long: name('long') };
  });
}
