/** An instant as a reader's clock shows it. */
export type Reader = {
  /** Such as `Tuesday, November 24, 2026 at 10:00 AM GMT+1`. @param zone  the lesson's, for readers whose own is not known */
  moment(at: number, zone: string): string;
  /** A lesson from start to end, such as `Tuesday, November 24, 2026, 10:00 – 10:45 AM`. */
  span(at: number, minutes: number, zone: string): string;
  /** The same without its day, and the day alone. */
  hours(at: number, minutes: number, zone: string): string;
  day(at: number, zone: string): string;
  /** For a subject, such as `Tue, Nov 24, 10:00 AM`. */
  brief(at: number, zone: string): string;
  /** The place whose clock it is, such as `Berlin`. */
  place(zone: string): string;
  /** What its clock is called at a moment, such as `GMT+1`. */
  offset(at: number, zone: string): string;
};

const TIME = { hour: 'numeric', minute: '2-digit' } as const;
const DAY = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
const WHOLE = { ...DAY, ...TIME, timeZoneName: 'short' } as const;
const BRIEF = { weekday: 'short', day: 'numeric', month: 'short', ...TIME } as const;

/** Which thin space stands before "PM" depends on the runtime's version of ICU. */
const plain = (text: string) => text.replace(/\s/gu, ' ');

/** @param own  the reader's IANA zone; null: not known */
export function readerTimes(locale: string, own: string | null): Reader {
  const format = (zone: string, style: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...style, timeZone: own ?? zone });
  return {
    moment: (at, zone) => plain(format(zone, WHOLE).format(at)),
    span: (at, minutes, zone) =>
      plain(format(zone, { ...DAY, ...TIME }).formatRange(at, at + minutes * 60_000)),
    hours: (at, minutes, zone) => plain(format(zone, TIME).formatRange(at, at + minutes * 60_000)),
    day: (at, zone) => plain(format(zone, DAY).format(at)),
    offset: (at, zone) =>
      format(zone, { timeZoneName: 'short' })
        .formatToParts(at)
        .find(({ type }) => type === 'timeZoneName')?.value ?? '',
    brief: (at, zone) => plain(format(zone, BRIEF).format(at)),
    place: (zone) => ((own ?? zone).split('/').at(-1) ?? zone).replaceAll('_', ' '),
  };
}
