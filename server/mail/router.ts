import { z } from 'zod';
import { publicProcedure, router, userProcedure } from '../trpc';
import * as service from './service';
import { MAIL_CATEGORIES } from './types';

const token = z.string().max(120);

export const mailRouter = router({
  /** What would have been sent, where there is no mail server and the mailbox is open. */
  mailbox: publicProcedure
    .input(z.strictObject({ to: z.string().max(254).nullable().default(null) }))
    .query(({ ctx, input }) => service.readMailbox(ctx.app, input.to)),
  mailboxMail: publicProcedure
    .input(z.strictObject({ messageId: z.string().max(300) }))
    .query(({ ctx, input }) => service.readMailboxMail(ctx.app, input.messageId)),

  /** What somebody wants mail about, by the address of their account. */
  kinds: userProcedure.query(({ ctx }) => service.readKinds(ctx.app, ctx.user.email)),
  setKind: userProcedure
    .input(z.strictObject({ category: z.enum(MAIL_CATEGORIES), off: z.boolean() }))
    .mutation(({ ctx, input }) => service.setKind(ctx.app, ctx.user.email, input)),

  /** What the link at the end of a mail is about, for whoever has it. */
  readOff: publicProcedure
    .input(z.strictObject({ token }))
    .query(({ ctx, input }) => service.readOff(ctx.app, input.token)),
  setOff: publicProcedure
    .input(z.strictObject({ token, off: z.boolean() }))
    .mutation(({ ctx, input }) => service.setOff(ctx.app, input.token, input.off)),
});
