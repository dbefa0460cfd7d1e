import { z } from 'zod';
import { router, userProcedure } from '../trpc';
import { markRead, readBell, readUnread } from './service';

/** What changed for the person who asks. */
export const bellRouter = router({
  unread: userProcedure.query(({ ctx }) => readUnread(ctx.app, ctx.user.id)),
  read: userProcedure.query(({ ctx }) => readBell(ctx.app, ctx.user.id)),
  markRead: userProcedure
    .input(z.strictObject({ upTo: z.int().positive() }))
    .mutation(({ ctx, input }) => markRead(ctx.app, ctx.user.id, input.upTo)),
});
