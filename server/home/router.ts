import { z } from 'zod';
import { router, userProcedure } from '../trpc';
import { titleInput } from '../courses/inputs';
import { zoneInput } from '../zone-input';
import { meetNow } from './meet-now';
import { readHome, readMoreCourses } from './service';

export const homeRouter = router({
  read: userProcedure.query(({ ctx }) => readHome(ctx.app, ctx.user.id)),
  /** Starts a class at once, in a course or (null) in one's own room; or names the lesson that is due, unless it is wanted `anyway`. */
  meetNow: userProcedure
    .input(
      z.strictObject({
        courseId: z.uuid().nullable(),
        title: titleInput,
        timeZone: zoneInput,
        anyway: z.boolean().default(false),
      }),
    )
    .mutation(({ ctx, input }) => meetNow(ctx.app, ctx.user, input)),
  moreCourses: userProcedure
    .input(z.strictObject({ after: z.int().min(0).max(100_000) }))
    .query(({ ctx, input }) => readMoreCourses(ctx.app, ctx.user.id, input.after)),
});
