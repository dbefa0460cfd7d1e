import type { inferRouterOutputs } from '@trpc/server';
import { runsLessons } from '@/components/schedule/types';
import type { AppRouter } from '@/server/router';

type Outputs = inferRouterOutputs<AppRouter>['calendar'];

export type CalendarLesson = Outputs['lessons']['lessons'][number];
export type TaughtCourse = Outputs['courses'][number];

/** What somebody is in a lesson: shown by a sign and an edge, not by colour alone. */
export function partIn({ role }: Pick<CalendarLesson, 'role'>): 'teach' | 'present' | 'learn' {
  if (runsLessons(role)) return 'teach';
  return role === 'presenter' ? 'present' : 'learn';
}

/** The server decides; this only chooses what can be picked up. */
export function mayMove({ role, status }: Pick<CalendarLesson, 'role' | 'status'>): boolean {
  return runsLessons(role) && status === 'scheduled';
}
