import type { CourseRole } from '../courses/service';

/** Who works in a course and who learns in it call each other, and so do those who work in it. Students do not call students. */
export function mayCall(caller: CourseRole, callee: CourseRole): boolean {
  return caller !== 'student' || callee !== 'student';
}

/** Whose room a call has: of who teaches, or presents, where one of them learns; else of who called. */
export function isCallerHost(caller: CourseRole, callee: CourseRole): boolean {
  return caller !== 'student' || callee === 'student';
}

/** Why somebody cannot be rung at the moment; null: they can. */
export type Unreachable = 'away' | 'busy';

export function unreachable({ online, busy }: { online: boolean; busy: boolean }): Unreachable | null {
  if (!online) return 'away';
  return busy ? 'busy' : null;
}

/** Tries of one person in a minute: to ring the same one, and to ring anybody. */
const MOST_A_MINUTE = { samePerson: 4, anybody: 12 } as const;

export function tooMany({ samePerson, anybody }: { samePerson: number; anybody: number }): boolean {
  return samePerson >= MOST_A_MINUTE.samePerson || anybody >= MOST_A_MINUTE.anybody;
}
