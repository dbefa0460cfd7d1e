import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { App } from '../app';
import { AppError } from '../errors';
import { addressOf } from '../http';
import { readNow } from '../lessons/service';
import { lessonLinkUrl } from '../links/service';
import { countTry } from '../throttle';
import { requireBookable } from './booking';
import { DAY_MS, type FreeHour } from './free-hours';
import { lookAt } from './look';
import { offerUrl } from './offer-url';
import { mayChange } from './policy';
import * as queries from './queries';

/** A month on the clock of whatever zone, and the days beside it. */
const MAX_WINDOW_MS = 45 * DAY_MS;
const BOOKINGS_SHOWN = 200;

/** Looks from one address in a minute: turning pages through a year is one thing, reading everybody's hours another. */
const looksPerMinute = new RateLimiterMemory({ points: 300, duration: 60 });

type Visitor = { viewerId: string | null; headers: Headers };

/** What can be booked at an address, for anybody. `now`: the server's clock, ms. @throws AppError NOT_FOUND, TOO_MANY_REQUESTS */
export async function readPage(app: App, slug: string, { viewerId, headers }: Visitor) {
  await countTry(looksPerMinute, addressOf(headers, app.env.LECTERN_PROXIES));
  const { offer, hours, teacherName, now } = await requireBookable(app, slug);
  const { title, description, lengths, seats, open, teacherId } = offer;
  const { timeZone, noticeMinutes, horizonDays, changeMinutes } = hours;
  return {
    ...{ slug, title, description, lengths, seats, open, teacherId, teacherName },
    ...{ timeZone, noticeMinutes, horizonDays, changeMinutes, now },
    isOwn: viewerId === teacherId,
  };
}

/**
 * The hours of an offer that are free within a span, soonest first, in ms since the epoch.
 * @param ask.lessonId  a booking of the asking person's that is to be moved: it is not in its own way, and keeps its length
 * @throws AppError NOT_FOUND, TOO_MANY_REQUESTS; BAD_INPUT for a length that is not offered, and a span that is none or longer than 45 days
 */
export async function readFreeHours(
  app: App,
  ask: { slug: string; lengthMinutes: number; from: number; to: number; lessonId?: string },
  { viewerId, headers }: Visitor,
): Promise<FreeHour[]> {
  await countTry(looksPerMinute, addressOf(headers, app.env.LECTERN_PROXIES));
  const { slug, lengthMinutes, from, to, lessonId } = ask;
  if (!(from < to) || to - from > MAX_WINDOW_MS) throw new AppError('BAD_INPUT', { field: 'to' });
  const { offer, hours, now } = await requireBookable(app, slug);
  const moved = lessonId && viewerId ? await queries.findBooking(app.db, lessonId, viewerId) : null;
  if (lessonId && moved?.offer.id !== offer.id) throw new AppError('NOT_FOUND');
  if (!moved && !offer.lengths.includes(lengthMinutes))
    throw new AppError('BAD_INPUT', { field: 'lengthMinutes' });
  if (!moved && !offer.open) return [];
  const rules = moved?.isTeacher ? { ...hours, noticeMinutes: 0 } : hours;
  const length = moved?.lesson.durationMinutes ?? lengthMinutes;
  const wish = { offer, hours: rules, lengthMinutes: length, now, exceptSlotId: moved?.slotId };
  return (await lookAt(app.db, wish, { from, to })).free;
}

/** What is booked with somebody and by them, soonest first. Instants in ms since the epoch; `now` is the server's clock. */
export async function readBookings(app: App, userId: string) {
  const [clock, rows] = await Promise.all([
    readNow(app),
    queries.listBookings(app.db, userId, BOOKINGS_SHOWN),
  ]);
  const now = clock.getTime();
  const bookings = rows.map(({ lessonId, linkVersion, changeMinutes, ...row }) => ({
    ...row,
    id: lessonId,
    seriesId: null,
    offerUrl: offerUrl(app, row.offerSlug),
    link: row.role === 'owner' ? lessonLinkUrl(app, { id: lessonId, linkVersion }) : null,
    mayChange:
      row.status === 'scheduled' && (row.role === 'owner' || mayChange(row.startsAt, now, changeMinutes)),
    changeMinutes,
  }));
  return { now, bookings };
}
