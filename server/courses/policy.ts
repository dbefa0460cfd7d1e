/** What an account is in a course. The owner is not enrolled: ownership stands on the course itself. */
export type CourseRole = 'owner' | 'teacher' | 'presenter' | 'student';

/** Owner and teachers schedule, start, end and cancel lessons, and hand out links. */
export function mayRunLessons(role: CourseRole): boolean {
  return role === 'owner' || role === 'teacher';
}

/** Only the owner changes the course itself and who is in it. */
export function mayManageCourse(role: CourseRole): boolean {
  return role === 'owner';
}
