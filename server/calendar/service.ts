import type { App } from '../app';
import { listRestorable } from '../bookings/service';
import { AppError } from '../errors';
import { type CourseRole, listCourses, mayRunLessons } from '../courses/service';
import { factsOf, type LessonFacts, readNow } from '../lessons/service';
import { isSigned, parseSignedId, signId } from '../signed-id';
import { feedText } from './ics';
import * as queries from './queries';

const DAY_MS = 86_400_000;
/** What a feed holds: the past for who looks back, and all that can be scheduled. */
const FEED_BACK_MS = 60 * DAY_MS;
const FEED_AHEAD_MS = 2 * 366 * DAY_MS;
/** The longest span that is asked for at once: six weeks of a month's page, and some. */
const MAX_SPAN_MS = 100 * DAY_MS;

/** A lesson of somebody's calendar. Instants in ms since the epoch. */
export type CalendarEntry = LessonFacts & {
  courseTitle: string;
  roomSlug: string;
  role: CourseRole;
  /** Whether the reader may put back that it was called off. */
  mayRestore: boolean;
};

/**
 * Every lesson of an account's courses that touches a span, soonest first, and the server's clock.
 * @throws AppError BAD_INPUT for a span that is none, or longer than 100 days
 */
export async function readCalendar(
  app: Pick<App, 'db'>,
  userId: string,
  { from, to }: { from: number; to: number },
): Promise<{ now: number; lessons: CalendarEntry[] }> {
  if (!(from < to) || to - from > MAX_SPAN_MS) throw new AppError('BAD_INPUT', { field: 'to' });
  const [now, rows] = await Promise.all([
    readNow(app),
    queries.listInSpan(app.db, userId, new Date(from), new Date(to)),
  ]);
  const restorable = await listRestorable(
    app,
    rows.map(({ lesson }) => lesson),
  );
  const lessons = rows.map(({ lesson, courseTitle, roomSlug, role }) => ({
    ...factsOf(lesson),
    ...{ courseTitle, roomSlug, role },
    mayRestore: mayRunLessons(role) && restorable.has(lesson.id),
  }));
  return { now: now.getTime(), lessons };
}

/** A course in which somebody may schedule; `timeZone`: the one in which its lessons are meant. */
export type TaughtCourse = { id: string; title: string; timeZone: string };

/** The courses in which somebody may schedule, by title: at most 200. */
export async function listTaught(app: App, userId: string): Promise<TaughtCourse[]> {
  const courses = await listCourses(app, userId);
  return courses
    .filter(({ role }) => mayRunLessons(role))
    .map(({ id, title, timeZone }) => ({ id, title, timeZone }));
}

/** The address of somebody's feed, as its version stands; null where there is none yet. */
export async function readFeedUrl(app: App, userId: string): Promise<{ url: string | null }> {
  const version = await queries.findFeedVersion(app.db, userId);
  return { url: version === null ? null : feedUrl(app, userId, version) };
}

/** Gives somebody a feed; who has one gets another, and the address of the one before is void. */
export async function makeFeed(app: App, userId: string): Promise<{ url: string }> {
  return { url: feedUrl(app, userId, await queries.raiseFeedVersion(app.db, userId)) };
}

/** Turns somebody's feed off: its address is void, and stays so whatever comes after. */
export async function dropFeed(app: App, userId: string): Promise<void> {
  await queries.dropFeedVersion(app.db, userId);
}

/** 192 bits of an HMAC: whoever has the address reads the calendar, and nobody guesses it. */
function feedUrl({ env }: Pick<App, 'env'>, userId: string, version: number): string {
  const token = signId(env.LECTERN_SECRET, 'calendar-feed', userId, version);
  return new URL(`/calendar/feed/${token}.ics`, env.LECTERN_URL).href;
}

/**
 * The feed of an address, as iCalendar.
 * @throws AppError LINK_INVALID: one answer for forged and revoked ones, and for those of people who are gone
 */
export async function readFeed(app: App, token: string): Promise<string> {
  const signed = parseSignedId(token);
  if (!signed) throw new AppError('LINK_INVALID');
  const version = await queries.findFeedVersion(app.db, signed.id);
  // Who has none is compared as well: both answers take the same work.
  const genuine = isSigned(app.env.LECTERN_SECRET, 'calendar-feed', signed, version ?? 0);
  if (version === null || !genuine) throw new AppError('LINK_INVALID');
  const now = Date.now();
  const rows = await queries.listInSpan(
    app.db,
    signed.id,
    new Date(now - FEED_BACK_MS),
    new Date(now + FEED_AHEAD_MS),
  );
  const { LECTERN_URL } = app.env;
  const slugs = new Map(rows.map(({ lesson, roomSlug }) => [lesson.id, roomSlug]));
  return feedText(
    rows.map(({ lesson, courseTitle }) => ({ ...lesson, courseTitle })),
    {
      host: new URL(LECTERN_URL).hostname,
      // A personal link would be in every calendar that is shared on: who follows this signs in.
      urlOf: ({ id }) => new URL(`/room/${slugs.get(id) ?? ''}`, LECTERN_URL).href,
    },
  );
}
