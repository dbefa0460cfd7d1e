import type { CourseRole } from '../courses/service';

export type LinkedLesson = {
  status: 'scheduled' | 'live' | 'ended' | 'cancelled';
  startsAt: Date;
  durationMinutes: number;
};

/** How the door of a lesson stands. */
export type DoorState = 'waiting' | 'live' | 'ended' | 'cancelled';

/** A class that nobody started is over this long after its planned end; until then its teacher may just be late. */
const NEVER_STARTED_MS = 12 * 3_600_000;

/** What a lesson's link opens now (`now`: ms since the epoch, server time). A link is valid until its lesson's end. */
export function doorState(lesson: LinkedLesson, now: number): DoorState {
  if (lesson.status !== 'scheduled') return lesson.status;
  const plannedEnd = lesson.startsAt.getTime() + lesson.durationMinutes * 60_000;
  return now > plannedEnd + NEVER_STARTED_MS ? 'ended' : 'waiting';
}

/** Who runs the class goes in before it starts. */
export function entersAnyTime(role: CourseRole | null): boolean {
  return role === 'owner' || role === 'teacher';
}

/** A link may stand for an account that learns or presents; staff sign in, because a link can be passed on. */
export function mayBeLinked(role: CourseRole | null): boolean {
  return role === 'student' || role === 'presenter';
}
