import type { Executor } from '@/db/client';
import { notify, notifyClass } from '../notifications/service';

type Person = { id: string; name: string };
/** `once` of what is told: who comes, leaves and comes again is told of each time. */
type Booking = {
  courseId: string;
  isTeacher: boolean;
  offer: { teacherId: string };
  lesson: { id: string; title: string; startsAt: Date };
};

/** Tells both of a booking: the teacher who comes, the student with whom it is. */
export async function tellBooked(
  tx: Executor,
  {
    lessonId,
    courseId,
    startsAt,
    title,
    teacher,
    student,
    once,
  }: {
    lessonId: string;
    courseId: string;
    startsAt: number;
    title: string;
    teacher: Person;
    student: Person;
    once: string;
  },
): Promise<void> {
  const key = `booked:${lessonId}:${once}`;
  const facts = { lesson: title, startsAt };
  const news = { kind: 'booked', courseId, key } as const;
  await notify(tx, [teacher.id], { ...news, facts: { ...facts, name: student.name, mine: 'no' } });
  await notify(tx, [student.id], { ...news, facts: { ...facts, name: teacher.name, mine: 'yes' } });
}

/** Tells those who did not do it when a booking is now. */
export function tellMoved(
  tx: Executor,
  booking: Booking,
  { by, startsAt, once }: { by: Person; startsAt: number; once: string },
): Promise<void> {
  return tellOthers(tx, booking, { kind: 'booking-moved', by, startsAt, once });
}

/** Tells those who did not do it that a booking is off. */
export function tellCancelled(
  tx: Executor,
  booking: Booking,
  { by, once }: { by: Person; once: string },
): Promise<void> {
  return tellOthers(tx, booking, {
    kind: 'booking-cancelled',
    startsAt: booking.lesson.startsAt.getTime(),
    by,
    once,
  });
}

type Change = {
  kind: 'booking-moved' | 'booking-cancelled';
  by: Person;
  startsAt: number;
  once: string;
};

/** What a teacher did is told to those who booked, what one of these did to the teacher. */
function tellOthers(
  tx: Executor,
  { courseId, isTeacher, offer, lesson }: Booking,
  { kind, by, startsAt, once }: Change,
): Promise<void> {
  const facts = { lesson: lesson.title, name: by.name, startsAt };
  const news = { kind, facts, key: `${kind}:${lesson.id}:${once}` };
  if (isTeacher) return notifyClass(tx, { courseId, lessonId: lesson.id, except: by.id }, news);
  return notify(tx, [offer.teacherId], { ...news, courseId });
}
