import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/server/router';

type Outputs = inferRouterOutputs<AppRouter>;

export type LessonView = Outputs['lessons']['list']['upcoming'][number];
export type SeriesView = Outputs['lessons']['list']['series'][number];
export type MyCourse = Outputs['courses']['get'];
export type CourseLine = Outputs['lessons']['dashboard']['courses'][number];
export type CoursePerson = Outputs['courses']['people'][number];

/** Owner and teachers run lessons; the server decides, this only chooses what to show. */
export function runsLessons(role: MyCourse['role']): boolean {
  return role === 'owner' || role === 'teacher';
}
