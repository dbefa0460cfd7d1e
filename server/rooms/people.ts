import type { Actor } from '@/room/decision';
import type { Role } from '@/room/roles';
import { personIn } from '@/room/state';
import type { App } from '../app';
import { AppError } from '../errors';
import type { Viewer } from '../identity/service';
import { owes } from './door-policy';
import * as queries from './queries/people';
import { readState } from './read-state';

/** Somebody who may be in a room, as the database knows them. */
export type Participant = Actor & { roomId: string; userId: string | null; lessonId: string | null };

/**
 * Who asks, in a room: the course's owner, somebody enrolled, or somebody whom a link let in before.
 * Throws NOT_FOUND where there is no such room and where it is none of theirs (one answer for both), REMOVED for who was
 * removed, WAITING and DENIED for who asked to come in, UNPAID for who has to pay first and is not in, LESSON_ENDED where the link's lesson is over.
 * @param guestParticipantId  from the signed cookie of a guest; null: none
 */
export async function findParticipant(
  app: App,
  roomId: string,
  viewer: Viewer,
  guestParticipantId: string | null,
): Promise<Participant> {
  if (viewer.kind === 'account') {
    const known = await queries.selectParticipantOfUser(app.db, roomId, viewer.user.id);
    const membership = await queries.selectMembership(app.db, roomId, viewer.user.id);
    if (membership) return member(app, roomId, viewer.user, membership, known);
    // Somebody who was enrolled and is no longer has no lesson that let them in.
    if (known?.lessonId) return admitted(known);
  }
  const guest = guestParticipantId
    ? await queries.selectParticipant(app.db, roomId, guestParticipantId)
    : null;
  if (!guest) throw new AppError('NOT_FOUND');
  if (guest.lessonId === null) return stillMember(app, guest);
  return admitted(guest);
}

/** An enrolled person who came by their personal link without signing in: in for as long as they are enrolled. */
async function stillMember(app: App, known: queries.KnownParticipant): Promise<Participant> {
  const membership = known.userId ? await queries.selectMembership(app.db, known.roomId, known.userId) : null;
  if (!membership) throw new AppError('NOT_FOUND');
  await requirePaid(app, known.roomId, membership, known);
  return { ...stored(known), role: membership.role };
}

/** Who comes by a lesson's or a personal link. */
export type Admission = {
  roomId: string;
  lessonId: string;
  personalLinkId?: string;
  userId?: string;
  name: string;
  role: Role;
};

/**
 * Makes the participant of somebody who came by a link, or gives the one there is: the same account or the same personal
 * link is the same person, a nameless lesson link makes a new one. Owner and enrolled people keep what they are.
 * Throws REMOVED for somebody who was removed from this room.
 */
export async function admit(app: App, admission: Admission): Promise<Participant> {
  const { roomId, lessonId, name, role, userId = null, personalLinkId = null } = admission;
  const row = { id: app.newId(), roomId, lessonId, name, role, userId, personalLinkId };
  if (userId) {
    const known = await queries.selectParticipantOfUser(app.db, roomId, userId);
    const membership = await queries.selectMembership(app.db, roomId, userId);
    if (membership) return member(app, roomId, { id: userId, name }, membership, known);
    // The account is the person; the personal link only showed them the way.
    return stored(await queries.upsertParticipantOfUser(app.db, { ...row, personalLinkId: null }));
  }
  if (personalLinkId) return stored(await queries.upsertParticipantOfLink(app.db, row));
  return stored(await queries.insertParticipant(app.db, row));
}

type Membership = NonNullable<Awaited<ReturnType<typeof queries.selectMembership>>>;

/** Whose payment is open does not come in; who is in already stays. @throws AppError UNPAID */
async function requirePaid(
  app: App,
  roomId: string,
  membership: Membership,
  known: { id: string } | null,
): Promise<void> {
  if (!owes(membership)) return;
  const person = known && personIn(await readState(app, roomId), known.id);
  if (!person || person.connections.length === 0) throw new AppError('UNPAID');
}

async function member(
  app: App,
  roomId: string,
  user: { id: string; name: string },
  membership: Membership,
  known: queries.ParticipantRow | null,
): Promise<Participant> {
  await requirePaid(app, roomId, membership, known);
  const { role } = membership;
  if (known && known.role === role && known.name === user.name && known.lessonId === null)
    return stored(known);
  const row = {
    id: app.newId(),
    roomId,
    lessonId: null,
    name: user.name,
    role,
    userId: user.id,
    personalLinkId: null,
  };
  return stored(await queries.upsertParticipantOfUser(app.db, row));
}

function admitted(known: queries.KnownParticipant): Participant {
  const participant = stored(known);
  if (known.lessonStatus !== 'scheduled' && known.lessonStatus !== 'live') throw new AppError('LESSON_ENDED');
  return participant;
}

function stored(row: queries.ParticipantRow | null): Participant {
  if (!row) throw new Error('a participant was not stored');
  if (row.removedAt) throw new AppError('REMOVED');
  if (row.admission) throw new AppError(row.admission === 'waiting' ? 'WAITING' : 'DENIED');
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    roomId: row.roomId,
    userId: row.userId,
    lessonId: row.lessonId,
  };
}
