import type { Executor } from '@/db/client';
import type { App } from '../app';
import { giveUpSeat } from '../courses/service';
import { AppError } from '../errors';
import { dropReminders } from '../mail/service';
import { type Booked, holding, type Person, takeHour } from './booking';
import { requireFree, requirePossible, type Wish } from './look';
import { tellCancelled, tellMoved } from './news';
import { mayChange } from './policy';
import * as queries from './queries';

type Booking = NonNullable<Awaited<ReturnType<typeof queries.findBooking>>>;

/**
 * A booking that this person may change now: its teacher at any time, a student until so long before.
 * @throws AppError NOT_FOUND for somebody else's; LESSON_ENDED where it has begun or was called off; BOOKING_TOO_LATE `{hours}`
 */
async function requireChangeable(app: App, userId: string, lessonId: string): Promise<Booking> {
  const booking = await queries.findBooking(app.db, lessonId, userId);
  if (!booking) throw new AppError('NOT_FOUND');
  const { lesson, hours, now, isTeacher } = booking;
  if (lesson.status !== 'scheduled') throw new AppError('LESSON_ENDED');
  if (!isTeacher && !mayChange(lesson.startsAt.getTime(), now, hours.changeMinutes)) {
    throw new AppError('BOOKING_TOO_LATE', { hours: Math.ceil(hours.changeMinutes / 60) });
  }
  return booking;
}

/**
 * Puts a booking to another free hour. It stays the same lesson in the same room; where others share the hour, only who asks goes to another one.
 * @throws AppError as `book` and `cancelBooking`
 */
export async function moveBooking(
  app: App,
  user: Person,
  { lessonId, at }: { lessonId: string; at: number },
): Promise<Booked> {
  const booking = await requireChangeable(app, user.id, lessonId);
  const { offer, lesson, now, isTeacher, students, slotId, courseId } = booking;
  // A teacher knows best how soon they can be there.
  const hours = isTeacher ? { ...booking.hours, noticeMinutes: 0 } : booking.hours;
  requirePossible(at, now, hours);
  const wish: Wish = { offer, hours, lengthMinutes: lesson.durationMinutes, now, exceptSlotId: slotId };
  return holding(app, wish, at, async (tx) => {
    const shared = await requireFree(tx, wish, at);
    if (isTeacher && shared) throw new AppError('SLOT_TAKEN', { others: '' });
    if (isTeacher || (students === 1 && !shared)) {
      if (!(await queries.changeLesson(tx, lessonId, { startsAt: new Date(at) })))
        throw new AppError('LESSON_ENDED');
      await queries.followLessons(tx, [lessonId]);
      await dropReminders(tx, [lessonId]);
      await tellMoved(tx, booking, { by: user, startsAt: at, once: app.newId() });
      return { lessonId, courseId, startsAt: at };
    }
    const { teacherName } = booking;
    await leave(app, tx, booking, user);
    return takeHour(app, tx, { wish, at, student: user, title: offer.title, teacherName });
  });
}

/**
 * Cancels a booking: the teacher for everybody in it, a student for themselves.
 * @throws AppError NOT_FOUND for somebody else's; LESSON_ENDED where it has begun; BOOKING_TOO_LATE `{hours}`
 */
export async function cancelBooking(app: App, user: Person, lessonId: string): Promise<void> {
  const booking = await requireChangeable(app, user.id, lessonId);
  await app.db.transaction(async (tx) => {
    await queries.lockTeachers(tx, [booking.offer.teacherId]);
    await leave(app, tx, booking, user);
  });
  app.log.info({ lessonId }, 'booking cancelled');
}

/** The last one who leaves, and the teacher, call the hour off; it then stays in their calendars as one that was. */
async function leave(app: App, tx: Executor, booking: Booking, user: Person): Promise<void> {
  const { lesson, courseId, isTeacher } = booking;
  const others = isTeacher ? 0 : (await queries.countStudents(tx, courseId)) - 1;
  if (others > 0) await giveUpSeat(tx, courseId, user.id);
  else {
    if (!(await queries.changeLesson(tx, lesson.id, { status: 'cancelled' })))
      throw new AppError('LESSON_ENDED');
    await queries.followLessons(tx, [lesson.id]);
    if (!isTeacher) await queries.markGivenUp(tx, lesson.id);
    await dropReminders(tx, [lesson.id]);
  }
  await tellCancelled(tx, booking, { by: user, once: app.newId() });
}
