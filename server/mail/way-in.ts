import { foldLines } from 'ical-generator';
import type { MailCalendar } from './types';

/** Stands in a calendar for its reader's own link until the mail is sent: nothing secret is stored. */
export const WAY_IN = 'https://way-in.invalid/';

/** The calendar of a mail with its reader's link. */
export function withWayIn({ method, content }: MailCalendar, url: string): MailCalendar {
  // Lines are folded at 75 bytes (RFC 5545 §3.1), links across them.
  const whole = content.replace(/\r\n[ \t]/g, '').replaceAll(WAY_IN, url);
  return { method, content: foldLines(whole) };
}
