/** What a participant is in a room. `recorder` and `phone` are the system's own. */
export const ROLES = ['owner', 'teacher', 'presenter', 'student', 'guest', 'recorder', 'phone'] as const;
export type Role = (typeof ROLES)[number];

/** Owner and teachers: they run the class. */
export function isStaff(role: Role): boolean {
  return role === 'owner' || role === 'teacher';
}
