import { expect, test } from 'vitest';
import { googleUrl, outlookUrl, subscribeUrls } from './to-links';

const lesson = {
  title: '<b>Leaves</b> & "roots" #1',
  courseTitle: 'Botany',
  startsAt: Date.parse('2026-03-29T10:00+02:00'),
  durationMinutes: 45,
  url: 'https://lectern.example.test/room/botany-x',
  series: null,
};

test('a title is text in the addresses of other calendars, whatever is in it', () => {
  for (const address of [googleUrl(lesson), outlookUrl(lesson)]) {
    const { searchParams, hash } = new URL(address);
    expect(searchParams.get('text') ?? searchParams.get('subject')).toBe(lesson.title);
    expect(hash).toBe('');
    expect(address).not.toContain('<');
  }
});

test('a lesson goes there as an instant, a series with its rule on its own clock', () => {
  const google = new URL(googleUrl(lesson)).searchParams;
  expect(google.get('dates')).toBe('20260329T080000Z/20260329T084500Z');
  expect(google.get('recur')).toBeNull();
  const series = { rrule: 'FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=SU;COUNT=4', timeZone: 'Europe/Berlin' };
  const whole = new URL(googleUrl({ ...lesson, series })).searchParams;
  expect(whole.get('recur')).toBe(`RRULE:${series.rrule}`);
  expect(whole.get('ctz')).toBe('Europe/Berlin');
  expect(new URL(outlookUrl(lesson)).searchParams.get('enddt')).toBe('2026-03-29T08:45:00.000Z');
});

test('a feed is subscribed to by webcal, in Google and in Outlook', () => {
  const urls = subscribeUrls('https://lectern.example.test/calendar/feed/x.ics');
  expect(urls.webcal).toBe('webcal://lectern.example.test/calendar/feed/x.ics');
  expect(new URL(urls.google).searchParams.get('cid')).toBe(urls.webcal);
  expect(new URL(urls.outlook).searchParams.get('url')).toBe(
    'https://lectern.example.test/calendar/feed/x.ics',
  );
});
