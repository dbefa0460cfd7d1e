/** What a participant is in a room. `recorder` and `phone` are the system's own. */
export const ROLES = ['owner', 'teacher', 'presenter', 'student', 'guest', 'recorder', 'phone'] as const;
export type Role = (typeof ROLES)[number];

/** Who may choose what is on the stage: staff, and who presents. */
export function isPresenting(role: Role): boolean {
  return isStaff(role) || role === 'presenter';
}

/** Owner and teachers: they run the class. */
export function isStaff(role: Role): boolean {
  return role === 'owner' || role === 'teacher';
}
