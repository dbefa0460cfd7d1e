import type { Actor } from '@/room/decision';
import type { Role } from '@/room/roles';
import type { App } from '../app';
import { AppError } from '../errors';
import type { Viewer } from '../identity/service';
import * as queries from './queries/people';

/** Somebody who may be in a room, as the database knows them. */
export type Participant = Actor & { roomId: string; userId: string | null; lessonId: string | null };

/**
 * Who asks, in a room: the course's owner, somebody enrolled, or somebody whom a link let in before.
 * Throws NOT_FOUND where there is no such room and where it is none of theirs (one answer for both), REMOVED for who was
 * removed, WAITING and DENIED for who asked to come in, LESSON_ENDED where the link's lesson is over.
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
    const role = await queries.selectCourseRole(app.db, roomId, viewer.user.id);
    if (role) return member(app, roomId, viewer.user, role, known);
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
  const role = known.userId ? await queries.selectCourseRole(app.db, known.roomId, known.userId) : null;
  if (!role) throw new AppError('NOT_FOUND');
  return { ...stored(known), role };
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
    const courseRole = await queries.selectCourseRole(app.db, roomId, userId);
    if (courseRole) return member(app, roomId, { id: userId, name }, courseRole, known);
    // The account is the person; the personal link only showed them the way.
    return stored(await queries.upsertParticipantOfUser(app.db, { ...row, personalLinkId: null }));
  }
  if (personalLinkId) return stored(await queries.upsertParticipantOfLink(app.db, row));
  return stored(await queries.insertParticipant(app.db, row));
}

async function member(
  app: App,
  roomId: string,
  user: { id: string; name: string },
  role: Role,
  known: queries.ParticipantRow | null,
): Promise<Participant> {
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
