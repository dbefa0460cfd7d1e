import ical, { ICalAttendeeStatus, type ICalCalendar, ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
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
/** `url`: where it is joined; `organizer`: whose event it is, and where calendars send what they answer. */
type Place = { host: string; url: string; organizer: { name: string; address: string } };

/** @param name  ours, never what somebody typed: it is written as it is, and could begin another line */
function newCalendar(method: Method | null, name?: string): ICalCalendar {
  const prodId = { company: 'Lectern', product: 'Lectern', language: 'EN' };
  const calendar = ical(name === undefined ? { prodId } : { name, prodId });
  // RFC 5546: with a method it is a message to somebody, without one a calendar.
  if (method) calendar.method(method as never);
  return calendar;
}

const lessonUid = (id: string, host: string) => `lesson-${id}@${host}`;
const seriesUid = (id: string, host: string) => `series-${id}@${host}`;

/** Somebody's lessons as a calendar that programs subscribe to. @param urlOf  where a lesson is joined */
export function feedText(
  name: string,
  lessons: readonly CalendarLesson[],
  place: { host: string; urlOf: (lesson: CalendarLesson) => string },
): string {
  const calendar = newCalendar(null, name);
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
  place: Place,
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
  place: Place,
): { method: Method; content: string } {
  const held = lessons.filter((lesson) => lesson.status !== 'cancelled');
  const method: Method = held.length === 0 ? 'CANCEL' : 'REQUEST';
  const calendar = newCalendar(method);
  const uid = seriesUid(series.id, place.host);
  const start = zoned(series.firstLocal, series.timeZone);
  const kept = new Set(held.map((lesson) => lesson.occurrence));
  const without = method === 'CANCEL' ? [] : series.all.filter((local) => !kept.has(local));
  const exdate = without.map((local) => local.replaceAll(/[-:]/g, '')).map((local) => `${local}00`);
  const rule = [`RRULE:${rruleText(series.rule, series.all.length)}`];
  if (exdate.length > 0) rule.push(`EXDATE;TZID=${series.timeZone}:${exdate.join(',')}`);
  const event = calendar.createEvent({
    ...{ id: uid, sequence: series.version, start, timezone: series.timeZone, summary: series.title },
    end: start.add({ minutes: series.durationMinutes }),
    repeating: rule.join('\n'),
    description: series.courseTitle,
    url: place.url,
    status: method === 'CANCEL' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  address(event, to, place);
  for (const lesson of held.filter((one) => one.moved || one.renamed)) {
    const moved = addLesson(calendar, lesson, uid, place.url, series.timeZone);
    address(moved, to, place);
    if (lesson.occurrence) moved.recurrenceId(zoned(lesson.occurrence, series.timeZone));
  }
  return { method, content: calendar.toString() };
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
  if (zone) return calendar.createEvent({ ...event, start, end, timezone: zone });
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
  { organizer, url }: Place,
): void {
  event.location(url);
  event.organizer({ name: organizer.name, email: organizer.address });
  event.createAttendee({
    ...{ name: to.name, email: to.address, rsvp: false },
    status: ICalAttendeeStatus.NEEDSACTION,
  });
}

const zoned = (local: string, zone: string) => Temporal.PlainDateTime.from(local).toZonedDateTime(zone);
