import type { Executor } from '@/db/client';
import type { App } from '../app';
import { takeSeat } from '../courses/service';
import { AppError } from '../errors';
import { createRoom } from '../rooms/service';
import { MINUTE_MS } from './free-hours';
import { refuseTaken, requireFree, requirePossible, type Wish } from './look';
import { tellBooked } from './news';
import { isOverlap } from './overlap';
import * as queries from './queries';

const MAX_TITLE = 120;

export type Person = { id: string; name: string };
export type Booked = { lessonId: string; courseId: string; startsAt: number };

/** What can be booked at an address. @throws AppError NOT_FOUND where there is nothing, or not any more */
export async function requireBookable(app: Pick<App, 'db'>, slug: string): Promise<queries.Bookable> {
  const found = await queries.findBookable(app.db, slug);
  if (!found) throw new AppError('NOT_FOUND');
  return found;
}

/**
 * Books an hour of a teacher for whoever asks: a lesson with a room of its own, or a seat in one that others have booked. However many ask for
 * the same hour at once, it goes to one (or to as many as it has seats).
 * @param wish.at  when it begins, ms since the epoch
 * @throws AppError NOT_FOUND; NOT_ALLOWED for one's own offer; BAD_INPUT `{field: 'at', reason: 'past' | 'notice' | 'horizon'}` or `{field:
 *   'lengthMinutes'}`; ENROLMENT_CLOSED where it takes no bookings; SLOT_TAKEN with `others` that are free
 */
export async function book(
  app: App,
  student: Person,
  { slug, lengthMinutes, at }: { slug: string; lengthMinutes: number; at: number },
): Promise<Booked> {
  const { offer, hours, teacherName, now } = await requireBookable(app, slug);
  if (offer.teacherId === student.id) throw new AppError('NOT_ALLOWED');
  if (!offer.open) throw new AppError('ENROLMENT_CLOSED');
  if (!offer.lengths.includes(lengthMinutes)) throw new AppError('BAD_INPUT', { field: 'lengthMinutes' });
  requirePossible(at, now, hours);
  const wish: Wish = { offer, hours, lengthMinutes, now };
  // Most of those who come too late are told so without waiting for each other.
  await requireFree(app.db, wish, at);
  const booked = await holding(app, wish, at, (tx) =>
    takeHour(app, tx, { wish, at, student, title: offer.title, teacherName }),
  );
  app.log.info({ lessonId: booked.lessonId, offerId: offer.id }, 'booked');
  return booked;
}

/** Does something with a teacher's hours that nobody else may touch meanwhile. What the constraint refuses is a clean conflict. */
export async function holding<T>(
  app: App,
  wish: Wish,
  at: number,
  act: (tx: Executor) => Promise<T>,
): Promise<T> {
  try {
    return await app.db.transaction(async (tx) => {
      await queries.lockTeachers(tx, [wish.offer.teacherId]);
      return act(tx);
    });
  } catch (error) {
    const full = error instanceof AppError && error.code === 'COURSE_FULL';
    if (isOverlap(error) || full) throw await refuseTaken(app.db, wish, at, error);
    throw error;
  }
}

export type Taking = { wish: Wish; at: number; student: Person; title: string; teacherName: string };

/** A seat in an hour that is booked already, or the hour itself; both are told. The teacher is held. @throws AppError SLOT_TAKEN */
export async function takeHour(app: App, tx: Executor, taking: Taking): Promise<Booked> {
  const { wish, at, student, title, teacherName } = taking;
  const shared = await requireFree(tx, wish, at);
  const { courseId, lessonId } = shared ?? (await makeHour(app, tx, taking));
  await takeSeat(tx, { courseId, userId: student.id, role: 'student' });
  const booked = { lessonId, courseId, startsAt: at };
  const teacher = { id: wish.offer.teacherId, name: teacherName };
  await tellBooked(tx, { ...booked, title, teacher, student, once: app.newId() });
  return booked;
}

/** A booked hour: a small course with its room, one lesson, and the time that the teacher is taken by it. */
async function makeHour(app: App, tx: Executor, { wish, at, student, title, teacherName }: Taking) {
  const { offer, hours, lengthMinutes } = wish;
  const { timeZone, bufferBeforeMinutes, bufferAfterMinutes } = hours;
  const [courseId, lessonId] = [app.newId(), app.newId()];
  const called = offer.seats === 1 ? `${teacherName} · ${student.name}` : teacherName;
  const course = { id: courseId, ownerId: offer.teacherId, title: called.slice(0, MAX_TITLE), timeZone };
  await queries.insertBookingCourse(tx, { ...course, capacity: offer.seats });
  const room = await createRoom(tx, { courseId, title, newId: app.newId });
  await queries.insertBookedLesson(tx, {
    ...{ id: lessonId, courseId, roomId: room.id, title, timeZone },
    ...{ startsAt: new Date(at), durationMinutes: lengthMinutes },
  });
  await queries.insertSlot(tx, {
    ...{ id: app.newId(), teacherId: offer.teacherId, offerId: offer.id, courseId, lessonId },
    ...{ bufferBeforeMinutes, bufferAfterMinutes },
    startsAt: new Date(at - bufferBeforeMinutes * MINUTE_MS),
    endsAt: new Date(at + (lengthMinutes + bufferAfterMinutes) * MINUTE_MS),
  });
  return { courseId, lessonId };
}
