import { z } from 'zod';
import { publicProcedure, router } from '../trpc';
import { openClassroom } from './service';

export const classroomRouter = router({
  open: publicProcedure
    .input(z.strictObject({ slug: z.string().min(1).max(80) }))
    .query(({ ctx, input }) =>
      openClassroom(ctx.app, { slug: input.slug, viewer: ctx.viewer, headers: ctx.headers }),
    ),
});
