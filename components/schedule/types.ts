import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/server/router';

type Outputs = inferRouterOutputs<AppRouter>;

export type LessonView = Outputs['lessons']['list']['upcoming'][number];
export type SeriesView = Outputs['lessons']['list']['series'][number];
/** What a lesson's line shows, wherever it stands. */
export type ShownLesson = Pick<
  LessonView,
  'id' | 'title' | 'startsAt' | 'durationMinutes' | 'timeZone' | 'status' | 'link'
>;
export type MyCourse = Outputs['courses']['get'];
export type CoursePerson = Outputs['courses']['people'][number];

export type EnrolledRole = Exclude<CoursePerson['role'], 'owner'>;
export const ENROLLED_ROLES: readonly EnrolledRole[] = ['student', 'presenter', 'teacher'];

/** Owner and teachers run lessons; the server decides, this only chooses what to show. */
export function runsLessons(role: MyCourse['role']): boolean {
  return role === 'owner' || role === 'teacher';
}
