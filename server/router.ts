import { coursesRouter } from './courses/router';
import { identityRouter } from './identity/router';
import { lessonsRouter } from './lessons/router';
import { router } from './trpc';

export const appRouter = router({
  courses: coursesRouter,
  identity: identityRouter,
  lessons: lessonsRouter,
});

export type AppRouter = typeof appRouter;
