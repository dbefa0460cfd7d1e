import type { App } from '../app';
import { mayRunLessons, requireCourse } from '../courses/service';
import { AppError } from '../errors';
import { startLesson } from '../lessons/service';
import { createRoom } from '../rooms/service';
import * as queries from './queries';

type Meeting = {
  /** Null: in one's own room, which is made at the first time and stays. */
  courseId: string | null;
  title: string;
  /** The asking person's zone, for a room that is made now. */
  timeZone: string;
  /** Whatever else is planned for now. */
  anyway?: boolean;
};
/** The room in which the class runs, or the lesson of theirs that should begin now: nothing was started then. */
export type Met = { slug: string } | { due: queries.DueLesson };

/**
 * Starts a class that was not scheduled, in a course or in one's own room; where one runs already, there is nothing to start. Gives the room's
 * address, which stays the same for life. At the hour of a lesson of the course (for one's own room: of any that one teaches) that lesson is
 * given instead, unless a class is wanted `anyway`: its people wait at its door.
 * @throws AppError NOT_FOUND, NOT_ALLOWED
 */
export async function meetNow(
  app: App,
  user: { id: string; name: string },
  { courseId, title, timeZone, anyway = false }: Meeting,
): Promise<Met> {
  const id = courseId ?? (await ownRoom(app, user, timeZone));
  const course = await requireCourse(app, user.id, id, mayRunLessons);
  const slug = course.roomSlug;
  if (await queries.isRoomLive(app.db, course.roomId)) return { slug };
  const due = anyway ? null : await queries.findDue(app.db, user.id, courseId);
  if (due) return { due };
  const lessonId = app.newId();
  const { roomId } = course;
  await queries.insertMeeting(app.db, {
    id: lessonId,
    courseId: id,
    roomId,
    title,
    timeZone: course.timeZone,
  });
  try {
    await startLesson(app, lessonId);
  } catch (error) {
    await queries.deleteMeeting(app.db, id, lessonId);
    // Somebody else of the staff was quicker: their class is the one.
    if (!(error instanceof AppError) || error.code !== 'ANOTHER_LESSON_LIVE') throw error;
  }
  return { slug };
}

/** The course of somebody's own room, which bears their name; made where there is none. */
async function ownRoom(app: App, user: { id: string; name: string }, timeZone: string): Promise<string> {
  const known = await queries.findPersonal(app.db, user.id);
  if (known) return known;
  const made = await app.db.transaction(async (tx) => {
    const id = app.newId();
    const course = { id, ownerId: user.id, title: user.name, timeZone };
    if (!(await queries.insertPersonal(tx, course))) return null;
    await createRoom(tx, { courseId: id, title: user.name, newId: app.newId });
    return id;
  });
  const id = made ?? (await queries.findPersonal(app.db, user.id));
  if (!id) throw new Error('An own room was neither found nor made');
  return id;
}
