import { z } from 'zod';
import { publicProcedure, router, userProcedure } from '../trpc';
import { serverCookie } from './cookies';
import { signUpInput } from './policy';
import { endAllSessions, endSession, signUp } from './service';
import { sessionCookieName } from './session-token';

export const identityRouter = router({
  /** Makes an account; signing in is a step of its own. */
  signUp: publicProcedure.input(signUpInput).mutation(async ({ ctx, input }) => {
    const { id } = await signUp(ctx.app, ctx.headers, input);
    return { id };
  }),

  /** Who is signed in here. */
  session: publicProcedure.query(({ ctx }) =>
    ctx.viewer.kind === 'account' ? { user: ctx.viewer.user } : { user: null },
  ),

  /** On this device, or on all of them. */
  signOut: userProcedure
    .input(z.strictObject({ everywhere: z.boolean() }))
    .mutation(async ({ ctx, input }) => {
      await (input.everywhere ? endAllSessions(ctx.app, ctx.user.id) : endSession(ctx.app, ctx.sessionId));
      const { env } = ctx.app;
      ctx.responseHeaders?.append('set-cookie', serverCookie(sessionCookieName(env), '', 0, env.LECTERN_URL));
    }),
});
