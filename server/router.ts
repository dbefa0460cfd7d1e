import { coursesRouter } from './courses/router';
import { identityRouter } from './identity/router';
import { lessonsRouter } from './lessons/router';
import { linksRouter } from './links/router';
import { roomsRouter } from './rooms/router';
import { router } from './trpc';

export const appRouter = router({
  courses: coursesRouter,
  identity: identityRouter,
  lessons: lessonsRouter,
  links: linksRouter,
  rooms: roomsRouter,
});

export type AppRouter = typeof appRouter;
