import { z } from 'zod';
import { router, userProcedure } from '../trpc';
import * as service from './service';

export const calendarRouter = router({
  /** Every lesson of one's courses in a span of time (ms since the epoch), and the server's clock. */
  lessons: userProcedure
    .input(z.strictObject({ from: z.number(), to: z.number() }))
    .query(({ ctx, input }) => service.readCalendar(ctx.app, ctx.user.id, input)),

  /** The courses in which one may schedule. */
  courses: userProcedure.query(({ ctx }) => service.listTaught(ctx.app, ctx.user.id)),

  feed: userProcedure.query(({ ctx }) => service.readFeedUrl(ctx.app, ctx.user.id)),
  /** Voids the address of the feed before. */
  makeFeed: userProcedure.mutation(({ ctx }) => service.makeFeed(ctx.app, ctx.user.id)),
  dropFeed: userProcedure.mutation(({ ctx }) => service.dropFeed(ctx.app, ctx.user.id)),
});
