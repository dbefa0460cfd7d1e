/** What an account is in a course. The owner is not enrolled: ownership stands on the course itself. */
export type CourseRole = 'owner' | 'teacher' | 'presenter' | 'student';

/** Owner and teachers schedule, start, end and cancel lessons, and hand out links. */
export function mayRunLessons(role: CourseRole): boolean {
  return role === 'owner' || role === 'teacher';
}

/** Owner and teachers write the syllabus, choose the materials, invite, and decide who is let in. */
export function mayEditCourse(role: CourseRole): boolean {
  return role === 'owner' || role === 'teacher';
}

/** Owner and teachers say whose payment is open, and that it is settled. */
export function mayMarkPayments(role: CourseRole): boolean {
  return role === 'owner' || role === 'teacher';
}

/** Only the owner changes what the course is, who may find it and who works in it. */
export function mayManageCourse(role: CourseRole): boolean {
  return role === 'owner';
}

/** Whether a course takes one more student. @param capacity  null: any number */
export function hasSeat(capacity: number | null, students: number): boolean {
  return capacity === null || students < capacity;
}

/** The order of a list after one of its members was put at `to` (from 0, kept within the list); the same list where it is not in it. */
export function moveTo(ids: readonly string[], id: string, to: number): string[] {
  if (!ids.includes(id)) return [...ids];
  const others = ids.filter((one) => one !== id);
  const at = Math.max(0, Math.min(others.length, to));
  return [...others.slice(0, at), id, ...others.slice(at)];
}

/** By which door somebody comes: a course's open page, its link, or an invitation of their own. */
export type Door = 'page' | 'link' | 'invitation';

export type JoinFacts = {
  /** What they are in the course already; null: nothing. */
  role: CourseRole | null;
  door: Door;
  enrolment: 'open' | 'approval' | 'closed';
  capacity: number | null;
  students: number;
  /** What became of their asking; null: they have not asked. */
  request: 'pending' | 'admitted' | 'declined' | null;
};

/** What the one button of a course's page is for somebody. Who was let in before and left may ask again. */
export type JoinState = 'in' | 'asked' | 'declined' | 'closed' | 'full' | 'ask' | 'enrol';

export function joinState({ role, door, enrolment, capacity, students, request }: JoinFacts): JoinState {
  if (role) return 'in';
  const seat = hasSeat(capacity, students);
  if (door === 'invitation') return seat ? 'enrol' : 'full';
  if (enrolment === 'closed') return 'closed';
  if (request === 'pending') return 'asked';
  if (request === 'declined') return 'declined';
  if (!seat) return 'full';
  return enrolment === 'approval' ? 'ask' : 'enrol';
}
