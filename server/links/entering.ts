import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { App } from '../app';
import { AppError } from '../errors';
import { addressOf } from '../http';
import { guestCookie, readGuest, type Viewer } from '../identity/service';
import {
  admit,
  type AtTheDoor,
  findParticipant,
  knock,
  lookAtDoor,
  owes,
  type Standing,
} from '../rooms/service';
import { countTry } from '../throttle';
import { entersAnyTime } from './policy';
import { type ResolvedLink, resolveLink } from './resolve';

/** Where somebody with a link goes: into the room (with the cookie they are known by), to sign in, or to wait at the door. */
export type Entry = { to: 'room'; slug: string; cookie: string | null } | { to: 'sign-in' } | { to: 'door' };

type Asking = { viewer: Viewer; headers: Headers };

/**
 * What opening a link does, with nothing asked: who is known goes in, the others come to the door.
 * @throws AppError LINK_INVALID, LESSON_ENDED, REMOVED, UNPAID
 */
export async function enterByLink(app: App, token: string, asking: Asking): Promise<Entry> {
  const { viewer } = asking;
  const link = await resolveLink(app, token, viewer.kind === 'account' ? viewer.user.id : null);
  if (entersAnyTime(link.viewerRole)) return { to: 'room', slug: link.roomSlug, cookie: null };
  if (link.state !== 'live') return { to: 'door' };
  if (link.person && mustSignIn(link.person, viewer)) return { to: 'sign-in' };
  const standing = await lookAtDoor(app, atTheDoor(app, link, asking));
  if (standing === 'asks' && viewer.kind === 'account') {
    await knock(app, visitor(link, viewer.user));
    return { to: 'door' };
  }
  if (standing !== 'open') return { to: 'door' };
  return link.person ? enterAsPerson(app, link, link.person, asking) : enterByLessonLink(app, link, asking);
}

/**
 * How somebody with a link stands at its door; null: the class does not run, and nothing keeps them from it once it does.
 * @throws AppError NOT_FOUND
 */
export async function readStanding(app: App, link: ResolvedLink, asking: Asking): Promise<Standing | null> {
  const person = atTheDoor(app, link, asking);
  if (link.state === 'live') return lookAtDoor(app, person);
  return link.state === 'waiting' && person.owes ? 'unpaid' : null;
}

function atTheDoor(app: App, link: ResolvedLink, { viewer, headers }: Asking): AtTheDoor {
  const { roomId, lessonId, person } = link;
  if (person) {
    const { userId, linkId: personalLinkId } = person;
    const who = userId ? { userId } : { personalLinkId };
    return { roomId, lessonId, roster: true, owes: owes(person), who };
  }
  if (viewer.kind === 'account') {
    const { viewerRole: role, viewerPaymentOpen: paymentOpen } = link;
    const who = { userId: viewer.user.id };
    return { roomId, lessonId, roster: role !== null, owes: owes({ role, paymentOpen }), who };
  }
  const participantId = readGuest(app, headers, roomId);
  return { roomId, lessonId, roster: false, owes: false, who: participantId ? { participantId } : null };
}

type LinkedPerson = NonNullable<ResolvedLink['person']>;

/** They were made staff after the link was: a link can be passed on, what staff may do cannot. */
function mustSignIn(person: LinkedPerson, viewer: Viewer): boolean {
  return entersAnyTime(person.role) && !isThem(person, viewer);
}

function isThem(person: LinkedPerson, viewer: Viewer): boolean {
  return viewer.kind === 'account' && viewer.user.id === person.userId;
}

function visitor({ roomId, lessonId, viewerRole }: ResolvedLink, user: { id: string; name: string }) {
  return { roomId, lessonId, userId: user.id, name: user.name, role: viewerRole ?? ('student' as const) };
}

async function enterAsPerson(
  app: App,
  link: ResolvedLink,
  person: LinkedPerson,
  { viewer }: Asking,
): Promise<Entry> {
  const participant = await admit(app, {
    roomId: link.roomId,
    lessonId: link.lessonId,
    personalLinkId: person.linkId,
    userId: person.userId ?? undefined,
    name: person.name,
    role: person.role ?? (person.userId ? 'student' : 'guest'),
  });
  const cookie = isThem(person, viewer) ? null : guestCookie(app, link.roomId, participant.id, link.now);
  return { to: 'room', slug: link.roomSlug, cookie };
}

async function enterByLessonLink(app: App, link: ResolvedLink, { viewer, headers }: Asking): Promise<Entry> {
  const inside: Entry = { to: 'room', slug: link.roomSlug, cookie: null };
  if (viewer.kind === 'account') {
    await admit(app, visitor(link, viewer.user));
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
 * Lets somebody in who typed a name at the door of a shared link, or asks for them where the room wants that (`slug`: null).
 * @throws AppError LINK_INVALID, LESSON_ENDED, LESSON_NOT_LIVE, TOO_MANY_REQUESTS, DENIED, ROOM_LOCKED, ROOM_FULL
 */
export async function enterAsGuest(
  app: App,
  { token, name }: { token: string; name: string },
  headers: Headers,
): Promise<{ slug: string | null; cookie: string | null }> {
  const link = await resolveLink(app, token);
  // A personal link asks for no name.
  if (link.person) throw new AppError('BAD_INPUT');
  if (link.state !== 'live') throw new AppError('LESSON_NOT_LIVE');
  await countTry(guestsPerMinute, addressOf(headers, app.env.LECTERN_PROXIES));
  const { roomId, lessonId } = link;
  const guest = { roomId, lessonId, name, role: 'guest' as const };
  const standing = await lookAtDoor(app, atTheDoor(app, link, { viewer: { kind: 'anonymous' }, headers }));
  switch (standing) {
    case 'open': {
      const { id } = await admit(app, guest);
      return { slug: link.roomSlug, cookie: guestCookie(app, roomId, id, link.now) };
    }
    case 'asks': {
      const { id } = await knock(app, guest);
      return { slug: null, cookie: guestCookie(app, roomId, id, link.now) };
    }
    case 'waiting':
      return { slug: null, cookie: null };
    default:
      throw new AppError(REFUSED_AS[standing]);
  }
}

const REFUSED_AS = {
  denied: 'DENIED',
  unpaid: 'UNPAID',
  locked: 'ROOM_LOCKED',
  full: 'ROOM_FULL',
} as const;
