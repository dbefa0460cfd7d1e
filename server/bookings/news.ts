import type { Executor } from '@/db/client';
import { notify, notifyClass } from '../notifications/service';

type Person = { id: string; name: string };
/** `once` of what is told: who comes, leaves and comes again is told of each time. */
type Booking = {
  courseId: string;
  isTeacher: boolean;
  teacherName: string;
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
  }: Omit<Booking, 'isTeacher' | 'offer' | 'lesson' | 'teacherName'> & {
    lessonId: string;
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
export async function tellMoved(
  tx: Executor,
  { courseId, isTeacher, offer, lesson }: Booking,
  { by, startsAt, once }: { by: Person; startsAt: number; once: string },
): Promise<void> {
  const news = {
    kind: 'booking-moved',
    facts: { lesson: lesson.title, name: by.name, startsAt },
    key: `booking-moved:${lesson.id}:${once}`,
  } as const;
  if (isTeacher) await notifyClass(tx, { courseId, lessonId: lesson.id, except: by.id }, news);
  else await notify(tx, [offer.teacherId], { ...news, courseId });
}

/** Tells those who did not do it that a booking is off. */
export async function tellCancelled(
  tx: Executor,
  { courseId, isTeacher, offer, lesson }: Booking,
  { by, once }: { by: Person; once: string },
): Promise<void> {
  const news = {
    kind: 'booking-cancelled',
    facts: { lesson: lesson.title, name: by.name, startsAt: lesson.startsAt.getTime() },
    key: `booking-cancelled:${lesson.id}:${once}`,
  } as const;
  if (isTeacher) await notifyClass(tx, { courseId, lessonId: lesson.id, except: by.id }, news);
  else await notify(tx, [offer.teacherId], { ...news, courseId });
}
