import { useFormatter } from 'next-intl';

/** A day in words, such as `Sunday, March 29`: `const dayName = useDayName()`. @returns of a date, as `2026-03-29` */
export function useDayName(): (date: string) => string {
  const format = useFormatter();
  return (date) =>
    format.dateTime(new Date(`${date}T12:00:00Z`), {
      ...({ weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } as const),
    });
}
