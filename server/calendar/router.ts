import { z } from 'zod';
import { router, userProcedure } from '../trpc';
import * as service from './service';

export const calendarRouter = router({
  /** Every lesson of one's courses in a span of time (ms since the epoch). */
  lessons: userProcedure
    .input(z.strictObject({ from: z.number(), to: z.number() }))
    .query(({ ctx, input }) => service.readCalendar(ctx.app, ctx.user.id, input)),

  feed: userProcedure.query(({ ctx }) => service.readFeedUrl(ctx.app, ctx.user.id)),
  /** Voids the address of the feed before. */
  makeFeed: userProcedure.mutation(({ ctx }) => service.makeFeed(ctx.app, ctx.user.id)),
});
