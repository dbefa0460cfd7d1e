/** The cookie by which the browser tells its time zone, so that the server writes times as this person reads them. */
export const ZONE_COOKIE = 'lectern-zone';

/** True for a time zone that this runtime knows. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    // The only way to ask: an unknown zone is a RangeError.
    return false;
  }
}

/** The zone of the cookie; UTC where there is none, or one that nobody knows. */
export function readZoneCookie(value: string | undefined): string {
  const zone = value ? decodeZone(value) : '';
  return zone && isZone(zone) ? zone : 'UTC';
}

function decodeZone(value: string): string {
  return /^[\w+\-/]{1,64}$/.test(value) ? value : '';
}

/** So many formats at most: who writes a zone in another case each time fills nobody's memory. */
const MOST_FORMATS = 500;
const formats = new Map<string, Intl.DateTimeFormat>();

/** To make a format takes a hundred times as long as to use it, and a page uses few. */
export function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  if (formats.size >= MOST_FORMATS) formats.clear();
  const made = new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
}

/** The calendar day of an instant in a zone, as `2026-03-01`. */
export function dayIn(zone: string, at: number): string {
  return formatOf('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** How a zone is called at an instant, such as `Central European Standard Time` or, short, `GMT+1`. */
export function zoneName(
  locale: string,
  zone: string,
  at: number,
  style: 'short' | 'long' = 'short',
): string {
  const parts = formatOf(locale, { timeZone: zone, timeZoneName: style }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** Names that ICU, and so every browser, still gives in their old spelling, and that nobody would type any more. */
const RENAMED: Readonly<Record<string, string>> = {
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** A zone by its present name. */
export function presentName(zone: string): string {
  return RENAMED[zone] ?? zone;
}

/** A zone's place in words: `America/New_York` is `New York`. */
export function zonePlace(zone: string): string {
  const name = presentName(zone);
  return (name.split('/').at(-1) ?? name).replaceAll('_', ' ');
}
