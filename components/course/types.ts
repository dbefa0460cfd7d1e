import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/server/router';

type Outputs = inferRouterOutputs<AppRouter>;

export type CourseSettings = Outputs['courses']['settings'];
export type Section = Outputs['syllabus']['list'][number];
export type Material = Outputs['materials']['list'][number];
