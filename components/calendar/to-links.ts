/** What another calendar is told of a lesson or of a series. `url`: where it is joined. */
export type ToAdd = {
  title: string;
  courseTitle: string;
  /** ms since the epoch */
  startsAt: number;
  durationMinutes: number;
  url: string;
  /** The rule of a series in the words of RFC 5545 (null: it has exceptions), and the zone on whose clock it goes; null: it comes once. */
  series: { rrule: string | null; timeZone: string } | null;
};

const utc = (at: number) => new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '');

/** A page of Google's calendar with the lesson filled in. Titles are text there as everywhere: they are parts of an address. */
export function googleUrl({ title, courseTitle, startsAt, durationMinutes, url, series }: ToAdd): string {
  const end = startsAt + durationMinutes * 60_000;
  const address = new URL('https://calendar.google.com/calendar/render');
  const values = {
    action: 'TEMPLATE',
    text: title,
    dates: `${utc(startsAt)}/${utc(end)}`,
    details: `${courseTitle}\n${url}`,
    location: url,
    ...(series?.rrule ? { recur: `RRULE:${series.rrule}`, ctz: series.timeZone } : {}),
  };
  for (const [name, value] of Object.entries(values)) address.searchParams.set(name, value);
  return address.href;
}

/** The same of Outlook on the web, which knows no series by address. */
export function outlookUrl({ title, courseTitle, startsAt, durationMinutes, url }: ToAdd): string {
  const address = new URL('https://outlook.live.com/calendar/0/deeplink/compose');
  const values = {
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: title,
    startdt: new Date(startsAt).toISOString(),
    enddt: new Date(startsAt + durationMinutes * 60_000).toISOString(),
    body: `${courseTitle}\n${url}`,
    location: url,
  };
  for (const [name, value] of Object.entries(values)) address.searchParams.set(name, value);
  return address.href;
}

/** The ways to subscribe to a feed: as other programs want its address. */
export function subscribeUrls(feed: string): { webcal: string; google: string; outlook: string } {
  const webcal = feed.replace(/^https?:/, 'webcal:');
  const google = new URL('https://calendar.google.com/calendar/r');
  google.searchParams.set('cid', webcal);
  const outlook = new URL('https://outlook.live.com/calendar/0/addfromweb');
  outlook.searchParams.set('url', feed);
  outlook.searchParams.set('name', 'Lectern');
  return { webcal, google: google.href, outlook: outlook.href };
}
