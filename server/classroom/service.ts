import type { App } from '../app';
import { AppError } from '../errors';
import { readGuest, type Viewer } from '../identity/service';
import { mediaGrant } from '../media/service';
import { findParticipant, findRoomBySlug, openRoom } from '../rooms/service';
import * as queries from './queries';

/**
 * All that the page of a room is rendered with, for whoever asks.
 * @throws AppError NOT_FOUND where there is no such room and where it is none of theirs; REMOVED; LESSON_ENDED for somebody
 *   whose link's lesson is over
 */
export async function openClassroom(app: App, ask: { slug: string; viewer: Viewer; headers: Headers }) {
  const roomId = await findRoomBySlug(app, ask.slug);
  if (!roomId) throw new AppError('NOT_FOUND');
  const participant = await findParticipant(app, roomId, ask.viewer, readGuest(app, ask.headers, roomId));
  const [room, media, lessons] = await Promise.all([
    openRoom(app, roomId, participant),
    mediaGrant(app, participant),
    queries.listNextLessons(app.db, roomId),
  ]);
  return {
    opening: { ...room, myself: { name: participant.name, role: participant.role }, media },
    hasAccount: participant.userId !== null,
    plan: {
      now: room.serverNow,
      lessons: lessons.map((lesson) => ({ ...lesson, startsAt: lesson.startsAt.getTime() })),
    },
  };
}
