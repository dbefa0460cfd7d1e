import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { App } from '../app';
import { AppError } from '../errors';
import { addressOf } from '../http';
import { guestCookie, readGuest, type Viewer } from '../identity/service';
import { admit, findParticipant } from '../rooms/service';
import { countTry } from '../throttle';
import { entersAnyTime } from './policy';
import { type ResolvedLink, resolveLink } from './resolve';

/** Where somebody with a link goes: into the room (with the cookie they are known by), to sign in, or to wait at the door. */
export type Entry = { to: 'room'; slug: string; cookie: string | null } | { to: 'sign-in' } | { to: 'door' };

type Asking = { viewer: Viewer; headers: Headers };

/**
 * What opening a link does, with nothing asked: who is known goes in, the others come to the door.
 * @throws AppError LINK_INVALID, LESSON_ENDED, REMOVED
 */
export async function enterByLink(app: App, token: string, asking: Asking): Promise<Entry> {
  const { viewer } = asking;
  const link = await resolveLink(app, token, viewer.kind === 'account' ? viewer.user.id : null);
  if (entersAnyTime(link.viewerRole)) return { to: 'room', slug: link.roomSlug, cookie: null };
  if (link.state !== 'live') return { to: 'door' };
  return link.person ? enterAsPerson(app, link, link.person, asking) : enterByLessonLink(app, link, asking);
}

async function enterAsPerson(
  app: App,
  link: ResolvedLink,
  person: NonNullable<ResolvedLink['person']>,
  { viewer }: Asking,
): Promise<Entry> {
  const isThem = viewer.kind === 'account' && viewer.user.id === person.userId;
  // They were made staff after the link was: a link can be passed on, what staff may do cannot.
  if (entersAnyTime(person.role) && !isThem) return { to: 'sign-in' };
  const participant = await admit(app, {
    roomId: link.roomId,
    lessonId: link.lessonId,
    personalLinkId: person.linkId,
    userId: person.userId ?? undefined,
    name: person.name,
    role: person.role ?? (person.userId ? 'student' : 'guest'),
  });
  const cookie = isThem ? null : guestCookie(app, link.roomId, participant.id, link.now);
  return { to: 'room', slug: link.roomSlug, cookie };
}

async function enterByLessonLink(app: App, link: ResolvedLink, { viewer, headers }: Asking): Promise<Entry> {
  const inside: Entry = { to: 'room', slug: link.roomSlug, cookie: null };
  if (viewer.kind === 'account') {
    const { id: userId, name } = viewer.user;
    const role = link.viewerRole ?? 'student';
    await admit(app, { roomId: link.roomId, lessonId: link.lessonId, userId, name, role });
    return inside;
  }
  const guest = readGuest(app, headers, link.roomId);
  if (!guest) return { to: 'door' };
  try {
    await findParticipant(app, link.roomId, viewer, guest);
    return inside;
  } catch (error) {
    // Known from a lesson that is over, or no longer: a new name makes a new guest. Who was removed stays out.
    if (!(error instanceof AppError) || error.code === 'REMOVED') throw error;
    return { to: 'door' };
  }
}

/** New guests from one address in a minute: every pupil of a school may sit behind one router, a script may not fill a room. */
const guestsPerMinute = new RateLimiterMemory({ points: 600, duration: 60 });

/**
 * Lets somebody in who typed a name at the door of a shared link.
 * @throws AppError LINK_INVALID, LESSON_ENDED, LESSON_NOT_LIVE, TOO_MANY_REQUESTS
 */
export async function enterAsGuest(
  app: App,
  { token, name }: { token: string; name: string },
  headers: Headers,
): Promise<{ slug: string; cookie: string }> {
  const link = await resolveLink(app, token);
  // A personal link asks for no name.
  if (link.person) throw new AppError('BAD_INPUT');
  if (link.state !== 'live') throw new AppError('LESSON_NOT_LIVE');
  await countTry(guestsPerMinute, addressOf(headers, app.env.LECTERN_PROXIES));
  const participant = await admit(app, { roomId: link.roomId, lessonId: link.lessonId, name, role: 'guest' });
  return { slug: link.roomSlug, cookie: guestCookie(app, link.roomId, participant.id, link.now) };
}
