import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/server/router';

export type Home = inferRouterOutputs<AppRouter>['home']['read'];
export type HomeCourse = Home['courses'][number];
export type HomeLesson = NonNullable<Home['next']>;
