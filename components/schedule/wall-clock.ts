import { formatOf } from '@/components/ui/zones';

/** What the clock of a zone shows at an instant, as a date field and a time field want it: `2026-03-29`, `10:30`. */
export function wallClock(at: number, zone: string): { date: string; time: string } {
  const parts = formatOf('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  };
}

/** The day of a date field some days on. */
export function addDays(date: string, days: number): string {
  const at = new Date(`${date}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** 0 for Monday to 6 for Sunday, of a date field; null where it holds no date. */
export function weekdayOf(date: string): number | null {
  const day = new Date(`${date}T12:00:00Z`).getUTCDay();
  return Number.isNaN(day) ? null : (day + 6) % 7;
}
