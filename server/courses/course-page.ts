import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import type { App } from '../app';
import { listOpenOffers } from '../bookings/service';
import { AppError } from '../errors';
import { addressOf } from '../http';
import { isGenuine, parseLinkToken } from '../link-tokens';
import { lessonLinkUrl } from '../links/service';
import { countTry } from '../throttle';
import { type Door, type JoinState, joinState } from './policy';
import * as queries from './queries/page';
import { listSections } from './queries/syllabus';
import { coverOf } from './settings';

const LESSONS_SHOWN = 12;

/** Looks at links from one address in a minute: a school behind one router opens many at once, a script may not go through them. */
const looksPerMinute = new RateLimiterMemory({ points: 600, duration: 60 });

/** Where somebody stands who wants to get into a course: at its open page, or at the end of a link. */
export const entranceInput = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('page'), slug: z.string().min(1).max(80) }),
  z.strictObject({ by: z.literal('link'), token: z.string().min(1).max(100) }),
]);
export type Entrance = z.infer<typeof entranceInput>;

type Invitation = NonNullable<Awaited<ReturnType<typeof queries.findInvitation>>>;
export type Entered = { course: queries.PageRow; door: Door; invitation: Invitation | null };

/**
 * The course behind an entrance, as this person (null: nobody we know) may see it.
 * @throws AppError NOT_FOUND for a page that is not public; LINK_INVALID, one answer for forged, unknown, revoked and used links
 */
export async function findEntered(app: App, entrance: Entrance, viewerId: string | null): Promise<Entered> {
  if (entrance.by === 'page') {
    const course = await queries.findPublicPage(app.db, entrance.slug, viewerId);
    if (!course) throw new AppError('NOT_FOUND');
    return { course, door: 'page', invitation: null };
  }
  const parsed = parseLinkToken(entrance.token);
  if (parsed?.kind === 'course') {
    const course = await queries.findPageOfCourse(app.db, parsed.id, viewerId);
    // An unknown link is compared as well, with a version that none has: both answers take the same work.
    const genuine = isGenuine(app.env.LECTERN_SECRET, parsed, course?.linkOpenedAt ? course.linkVersion : 0);
    if (!course || !genuine) throw new AppError('LINK_INVALID');
    return { course, door: 'link', invitation: null };
  }
  if (parsed?.kind !== 'invitation') throw new AppError('LINK_INVALID');
  const invitation = await queries.findInvitation(app.db, parsed.id);
  const genuine = isGenuine(app.env.LECTERN_SECRET, parsed, invitation?.version ?? 0);
  if (!invitation || !genuine || invitation.status === 'revoked') throw new AppError('LINK_INVALID');
  const course = await queries.findPageOfCourse(app.db, invitation.courseId, viewerId);
  // Who has used it finds their course behind it; nobody else gets in by it.
  if (!course || (invitation.status !== 'pending' && !course.role)) throw new AppError('LINK_INVALID');
  return { course, door: 'invitation', invitation };
}

/** What the one button of the page is for this person. */
export function stateOf({ course, door, invitation }: Entered): JoinState {
  const { role, enrolment, students, request } = course;
  // Who is invited to teach or present takes no seat.
  const capacity = invitation && invitation.role !== 'student' ? null : course.capacity;
  return joinState({ role, door, enrolment, capacity, students, request });
}

/**
 * A course's page, for anybody who has its address: cover, words, syllabus, the next lessons (instants in ms since the epoch),
 * and what the visitor may do.
 * @throws AppError NOT_FOUND, LINK_INVALID, TOO_MANY_REQUESTS
 */
export async function readCoursePage(
  app: App,
  entrance: Entrance,
  { viewerId, headers }: { viewerId: string | null; headers: Headers },
) {
  await countTry(looksPerMinute, addressOf(headers, app.env.LECTERN_PROXIES));
  const entered = await findEntered(app, entrance, viewerId);
  const { course, door, invitation } = entered;
  const [sections, lessons, offers] = await Promise.all([
    listSections(app.db, course.id),
    queries.listNextLessons(app.db, course.id, viewerId, LESSONS_SHOWN),
    listOpenOffers(app, course.ownerId),
  ]);
  const { slug, title, description, language, level, timeZone, registration, capacity, teacherName } = course;
  const seatsLeft = capacity === null ? null : Math.max(0, capacity - course.students);
  return {
    ...{ slug, title, description, language, level, timeZone, registration, teacherName, seatsLeft },
    /** Only for who is in it: where their course is. */
    courseId: course.role ? course.id : null,
    role: course.role,
    door,
    state: stateOf(entered),
    cover: coverOf(app, course, Date.now())?.url ?? null,
    invitedAs: invitation && { email: invitation.email, role: invitation.role },
    /** Somebody's own room: by this address one joins what goes on in it; null while nothing does. */
    room: course.kind === 'personal' ? { joinUrl: joinUrlOf(app, lessons) } : null,
    now: course.now,
    /** What its teacher can be booked for. */
    offers,
    sections,
    lessons: lessons.map(({ startsAt, linkVersion: _linkVersion, ...lesson }) => ({
      ...lesson,
      startsAt: startsAt.getTime(),
    })),
  };
}

function joinUrlOf(app: App, lessons: Awaited<ReturnType<typeof queries.listNextLessons>>): string | null {
  const live = lessons.find(({ status }) => status === 'live');
  return live ? lessonLinkUrl(app, live) : null;
}
