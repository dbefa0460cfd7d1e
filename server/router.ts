import { coursesRouter } from './courses/router';
import { lessonsRouter } from './lessons/router';
import { router } from './trpc';

export const appRouter = router({
  courses: coursesRouter,
  lessons: lessonsRouter,
});

export type AppRouter = typeof appRouter;
