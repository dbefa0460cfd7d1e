/** An instant as a reader's clock shows it. */
export type Reader = {
  /** Such as `Tuesday, November 24, 2026 at 10:00 AM GMT+1`. @param zone  the lesson's, for readers whose own is not known */
  moment(at: number, zone: string): string;
  /** The place whose clock it is, such as `Berlin`. */
  place(zone: string): string;
};

/** @param own  the reader's IANA zone; null: not known */
export function readerTimes(locale: string, own: string | null): Reader {
  return {
    moment: (at, zone) =>
      new Intl.DateTimeFormat(locale, {
        timeZone: own ?? zone,
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        hour: 'numeric',
        minute: '2-digit',
        timeZoneName: 'short',
      })
        .format(at)
        // Which thin space stands before "PM" depends on the runtime's version of ICU.
        .replace(/\s/gu, ' '),
    place: (zone) => ((own ?? zone).split('/').at(-1) ?? zone).replaceAll('_', ' '),
  };
}
