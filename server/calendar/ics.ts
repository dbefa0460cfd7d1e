import ical, { ICalAttendeeStatus, type ICalCalendar, ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import { type Rule, rruleText } from '../lessons/service';

/** A lesson for a calendar. `occurrence`: which of its series it is, on the clock of the series' zone. */
export type CalendarLesson = {
  id: string;
  title: string;
  courseTitle: string;
  startsAt: Date;
  durationMinutes: number;
  timeZone: string;
  status: 'scheduled' | 'live' | 'ended' | 'cancelled';
  version: number;
  occurrence: string | null;
  moved: boolean;
  renamed: boolean;
};
export type CalendarSeries = {
  id: string;
  title: string;
  courseTitle: string;
  firstLocal: string;
  timeZone: string;
  durationMinutes: number;
  version: number;
  rule: Rule;
  /** What the rule gives, exceptions counted, as local dates and times. */
  all: readonly string[];
};
type Method = 'REQUEST' | 'CANCEL';
/** `url`: where it is joined. */
type Place = { host: string; url: string };
/** `organizer`: whose event it is, and where calendars send what they answer. */
type Sender = Place & { organizer: { name: string; address: string } };

/** @param name  ours, never what somebody typed: it is written as it is, and could begin another line */
function newCalendar(method: Method | null, name?: string): ICalCalendar {
  const prodId = { company: 'Lectern', product: 'Lectern', language: 'EN' };
  const calendar = ical(name === undefined ? { prodId } : { name, prodId });
  // RFC 5545: a zone that is named has to be described too.
  calendar.timezone({ name: null, generator: describeZone });
  // RFC 5546: with a method it is a message to somebody, without one a calendar.
  if (method) calendar.method(method as never);
  return calendar;
}

/** The rules of a zone, from the newest time zone data that the library has; null where it knows none. */
function describeZone(zone: string): string | null {
  const [block] = blockOf(zone);
  return block || null;
}

/** A zone by the name under which it is described: old names are others' by now. UTC needs no description. */
function zoneId(zone: string): string {
  const [, id] = blockOf(zone);
  return zone === 'UTC' || !id ? zone : id.replace(/^TZID=/, '');
}

/** The library answers with a text where it knows nothing. */
function blockOf(zone: string): string[] {
  const known = tzlib_get_ical_block(zone);
  return typeof known === 'string' ? [] : known;
}

const lessonUid = (id: string, host: string) => `lesson-${id}@${host}`;
const seriesUid = (id: string, host: string) => `series-${id}@${host}`;

/** A lesson, or a series, as a file for a calendar of one's own. */
export function fileText(
  one:
    | { kind: 'lesson'; lesson: CalendarLesson }
    | { kind: 'series'; series: CalendarSeries; lessons: readonly CalendarLesson[] },
  place: Place,
): string {
  const calendar = newCalendar(null);
  if (one.kind === 'lesson') addLesson(calendar, one.lesson, lessonUid(one.lesson.id, place.host), place.url);
  else addSeries(calendar, one.series, one.lessons, place);
  return calendar.toString();
}

/** Somebody's lessons as a calendar that programs subscribe to. @param urlOf  where a lesson is joined */
export function feedText(
  lessons: readonly CalendarLesson[],
  place: { host: string; urlOf: (lesson: CalendarLesson) => string },
): string {
  const calendar = newCalendar(null, 'Lectern');
  calendar.ttl(15 * 60);
  for (const lesson of lessons) {
    addLesson(calendar, lesson, lessonUid(lesson.id, place.host), place.urlOf(lesson));
  }
  return calendar.toString();
}

/** One lesson by itself as a message to somebody's calendar. */
export function lessonText(
  lesson: CalendarLesson,
  to: { name: string; address: string },
  place: Sender,
): { method: Method; content: string } {
  const method: Method = lesson.status === 'cancelled' ? 'CANCEL' : 'REQUEST';
  const calendar = newCalendar(method);
  address(addLesson(calendar, lesson, lessonUid(lesson.id, place.host), place.url), to, place);
  return { method, content: calendar.toString() };
}

/** A series as a message to somebody's calendar: its rule, without the lessons that are called off, and those that were moved. */
export function seriesText(
  series: CalendarSeries,
  lessons: readonly CalendarLesson[],
  to: { name: string; address: string },
  place: Sender,
): { method: Method; content: string } {
  const off = lessons.every((lesson) => lesson.status === 'cancelled');
  const method: Method = off ? 'CANCEL' : 'REQUEST';
  const calendar = newCalendar(method);
  for (const event of addSeries(calendar, series, lessons, place)) address(event, to, place);
  return { method, content: calendar.toString() };
}

/** A series with its rule, and those of its lessons that are not as it says. A series that is called off as a whole keeps its dates. */
function addSeries(
  calendar: ICalCalendar,
  series: CalendarSeries,
  lessons: readonly CalendarLesson[],
  place: Place,
): CalendarEvent[] {
  const held = lessons.filter((lesson) => lesson.status !== 'cancelled');
  const uid = seriesUid(series.id, place.host);
  const start = zoned(series.firstLocal, series.timeZone);
  const kept = new Set(held.map((lesson) => lesson.occurrence));
  const without = held.length === 0 ? [] : series.all.filter((local) => !kept.has(local));
  const rule = [`RRULE:${rruleText(series.rule, series.all.length)}`];
  if (without.length > 0) rule.push(exdateLine(without, series.timeZone));
  const whole = calendar.createEvent({
    ...{ id: uid, sequence: series.version, start, timezone: zoneId(series.timeZone), summary: series.title },
    end: start.add({ minutes: series.durationMinutes }),
    repeating: rule.join('\n'),
    description: series.courseTitle,
    url: place.url,
    status: held.length === 0 ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  const changed = held
    .filter((one) => one.moved || one.renamed)
    .map((lesson) => {
      const event = addLesson(calendar, lesson, uid, place.url, series.timeZone);
      if (lesson.occurrence) event.recurrenceId(zoned(lesson.occurrence, series.timeZone));
      return event;
    });
  return [whole, ...changed];
}

type CalendarEvent = ReturnType<ICalCalendar['createEvent']>;

/** @param zone  the clock on which its series is; null: it is an instant by itself */
function addLesson(
  calendar: ICalCalendar,
  lesson: CalendarLesson,
  uid: string,
  url: string,
  zone: string | null = null,
): CalendarEvent {
  const { id, version: sequence, title: summary, courseTitle: description } = { ...lesson, id: uid };
  const start = Temporal.Instant.fromEpochMilliseconds(lesson.startsAt.getTime()).toZonedDateTimeISO(
    zone ?? 'UTC',
  );
  const end = start.add({ minutes: lesson.durationMinutes });
  const status = lesson.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED;
  const event = { id, sequence, summary, description, url, status };
  if (zone) return calendar.createEvent({ ...event, start, end, timezone: zoneId(zone) });
  return calendar.createEvent({
    ...event,
    start: new Date(start.epochMilliseconds),
    end: new Date(end.epochMilliseconds),
  });
}

/** Whom a message is for. Nobody waits for their answer. */
function address(
  event: CalendarEvent,
  to: { name: string; address: string },
  { organizer, url }: Sender,
): void {
  event.location(url);
  event.organizer({ name: organizer.name, email: organizer.address });
  event.createAttendee({
    ...{ name: to.name, email: to.address, rsvp: false },
    status: ICalAttendeeStatus.NEEDSACTION,
  });
}

const zoned = (local: string, zone: string) => Temporal.PlainDateTime.from(local).toZonedDateTime(zone);

/** UTC is no zone to be named, but written at each time. */
function exdateLine(locals: readonly string[], zone: string): string {
  const times = locals.map((local) => `${local.replaceAll(/[-:]/g, '')}00`);
  return zone === 'UTC'
    ? `EXDATE:${times.map((time) => `${time}Z`).join(',')}`
    : `EXDATE;TZID=${zoneId(zone)}:${times.join(',')}`;
}
