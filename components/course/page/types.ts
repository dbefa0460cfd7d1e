import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/server/router';

export type CoursePageView = inferRouterOutputs<AppRouter>['join']['page'];
export type Entrance = inferRouterInputs<AppRouter>['join']['page']['entrance'];
