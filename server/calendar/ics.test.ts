import '@/server/env-fixture';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { expandRule } from '../lessons/service';
import { type CalendarLesson, type CalendarSeries, feedText, fileText, lessonText, seriesText } from './ics';

const place = { host: 'lectern.example.test', url: 'https://lectern.example.test/room/botany-x' };
const sender = { ...place, organizer: { name: 'Ada', address: 'ada@example.test' } };
const HOSTILE =
  'Листя <script>alert(1)</script>;\\, "x"\r\nBEGIN:VEVENT\nATTENDEE:mailto:evil@example.test 🌿🌿🌿';

const lesson = (more: Partial<CalendarLesson> = {}): CalendarLesson => ({
  id: '018f0000-0000-7000-8000-000000000001',
  title: 'Leaves',
  courseTitle: 'Botany',
  startsAt: new Date('2027-03-20T09:00:00Z'),
  durationMinutes: 45,
  timeZone: 'Europe/Berlin',
  status: 'scheduled',
  version: 1,
  occurrence: null,
  moved: false,
  renamed: false,
  ...more,
});

/** Saturdays at ten in Berlin: the clocks go forward between the second and the third. */
function saturdays(timeZone: string): CalendarSeries {
  const rule = {
    every: { kind: 'weekly' as const, interval: 1, weekdays: ['SA' as const] },
    end: { kind: 'count' as const, count: 4 },
    except: [],
  };
  const firstLocal = '2027-03-20T10:00';
  const whole = expandRule(rule, firstLocal);
  return {
    ...{
      id: '018f0000-0000-7000-8000-000000000002',
      title: 'Leaves',
      courseTitle: 'Botany',
      firstLocal,
      timeZone,
      rule,
    },
    ...{ durationMinutes: 45, version: 2, all: whole.ok ? whole.all : [] },
  };
}
const held = (series: CalendarSeries) =>
  series.all.map((occurrence, n) => lesson({ id: `${n}`, occurrence }));

/** What another program makes of it: an independent parser, strict about what it is given. */
function parse(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
  return { calendar, events, zones: calendar.getAllSubcomponents('vtimezone') };
}
/** The instants of a series as such a program counts them. */
function instantsOf(event: ICAL.Event): string[] {
  const all: string[] = [];
  const each = event.iterator();
  for (let next = each.next(); next && all.length < 20; next = each.next()) {
    all.push(event.getOccurrenceDetails(next).startDate.toJSDate().toISOString());
  }
  return all;
}

describe('what a calendar is given', () => {
  it('is folded at 75 octets, by whole letters, and ends its lines as RFC 5545 asks', () => {
    const text = feedText([lesson({ title: HOSTILE.repeat(4) })], {
      ...place,
      urlOf: () => place.url,
    });
    const lines = text.split('\r\n');
    expect(lines.filter((line) => line.includes('\n') || line.includes('\r'))).toEqual([]);
    for (const line of lines) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      // A letter cut in two would not come back.
      expect(Buffer.from(line).toString()).toBe(line);
    }
    expect(lines.some((line) => Buffer.byteLength(line) > 70)).toBe(true);
  });
  it('HTML in titles is text, and nothing that somebody wrote is a line of its own', () => {
    const to = { name: HOSTILE, address: 'sam@example.test' };
    const bad = lesson({ title: HOSTILE, courseTitle: HOSTILE });
    const series = { ...saturdays('UTC'), title: HOSTILE };
    for (const text of [
      feedText([bad], { ...place, urlOf: () => place.url }),
      fileText({ kind: 'lesson', lesson: bad }, place),
      fileText({ kind: 'series', series, lessons: held(series) }, place),
      lessonText(bad, to, sender).content,
      seriesText(series, held(series), to, sender).content,
    ]) {
      const { events } = parse(text);
      expect(events).toHaveLength(1);
      expect(events[0]?.summary).toBe(HOSTILE.replace('\r\n', '\n'));
      expect(events[0]?.attendees.length).toBeLessThanOrEqual(1);
      expect(text).not.toMatch(/^ATTENDEE:mailto:evil/m);
    }
  });
  it('a lesson is an instant, whatever zone is known there', () => {
    const { events, zones } = parse(fileText({ kind: 'lesson', lesson: lesson() }, place));
    expect(zones).toHaveLength(0);
    expect(events[0]?.startDate.toJSDate().toISOString()).toBe('2027-03-20T09:00:00.000Z');
    expect(events[0]?.endDate.toJSDate().toISOString()).toBe('2027-03-20T09:45:00.000Z');
  });
  it('a series brings its zone with it and keeps its time on the wall across daylight saving', () => {
    const series = saturdays('Europe/Berlin');
    const { events, zones } = parse(fileText({ kind: 'series', series, lessons: held(series) }, place));
    expect(zones.map((zone) => zone.getFirstPropertyValue('tzid'))).toEqual(['Europe/Berlin']);
    expect(events[0] && instantsOf(events[0])).toEqual([
      ...['2027-03-20T09:00:00.000Z', '2027-03-27T09:00:00.000Z'],
      ...['2027-04-03T08:00:00.000Z', '2027-04-10T08:00:00.000Z'],
    ]);
  });
  it('every zone that is named is described, under the name by which it is called', () => {
    for (const zone of ['Asia/Calcutta', 'Europe/Kiev', 'America/Argentina/Buenos_Aires', 'US/Eastern']) {
      const series = saturdays(zone);
      const [first, ...rest] = held(series);
      const { events, zones } = parse(
        fileText(
          { kind: 'series', series, lessons: first ? [...rest, { ...first, status: 'cancelled' }] : [] },
          place,
        ),
      );
      const known = zones.map((one) => one.getFirstPropertyValue('tzid'));
      const named = events.flatMap(({ component }) =>
        component.getAllProperties().map((property) => property.getFirstParameter('tzid')),
      );
      expect(known).toHaveLength(1);
      expect(new Set(named.filter(Boolean))).toEqual(new Set(known));
    }
  });
  it('what is called off is left out of a series, in UTC too, and what was moved is where it is', () => {
    for (const zone of ['UTC', 'Europe/Berlin']) {
      const series = saturdays(zone);
      const lessons = held(series).map((one, index) => {
        if (index === 1) return { ...one, status: 'cancelled' as const };
        if (index === 2) return { ...one, moved: true, startsAt: new Date('2027-04-04T12:00:00Z') };
        return one;
      });
      const { events } = parse(
        seriesText(series, lessons, { name: 'Sam', address: 'sam@example.test' }, sender).content,
      );
      const [whole, moved] = events;
      expect(moved?.isRecurrenceException()).toBe(true);
      const instants = whole ? instantsOf(whole) : [];
      expect(instants).toHaveLength(3);
      expect(instants).toContain('2027-04-04T12:00:00.000Z');
      expect(instants.some((one) => one.startsWith('2027-03-27'))).toBe(false);
    }
  });
});
