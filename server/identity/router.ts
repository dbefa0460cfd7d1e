import { z } from 'zod';
import { LOCALE_COOKIE, LOCALES } from '@/messages/locales';
import { publicProcedure, router, userProcedure } from '../trpc';
import { serverCookie } from './cookies';
import { accountInput, signUpInput } from './policy';
import { changeAccount, changeLocale, endAllSessions, endSession, readAccount, signUp } from './service';
import { sessionCookieName } from './session-token';

const YEAR_SECONDS = 365 * 86_400;

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

  /** The language of the pages from now on: of this browser, and of the account of who is signed in. */
  chooseLanguage: publicProcedure
    .input(z.strictObject({ locale: z.enum(LOCALES) }))
    .mutation(async ({ ctx, input }) => {
      const { app, viewer } = ctx;
      if (viewer.kind === 'account') await changeLocale(app, viewer.user.id, input.locale);
      const cookie = serverCookie(LOCALE_COOKIE, input.locale, YEAR_SECONDS, app.env.LECTERN_URL);
      ctx.responseHeaders?.append('set-cookie', cookie);
    }),

  account: userProcedure.query(({ ctx }) => readAccount(ctx.app, ctx.user.id)),
  changeAccount: userProcedure
    .input(accountInput)
    .mutation(({ ctx, input }) => changeAccount(ctx.app, ctx.user.id, input)),

  /** On this device, or on all of them. */
  signOut: userProcedure
    .input(z.strictObject({ everywhere: z.boolean() }))
    .mutation(async ({ ctx, input }) => {
      await (input.everywhere ? endAllSessions(ctx.app, ctx.user.id) : endSession(ctx.app, ctx.sessionId));
      const { env } = ctx.app;
      ctx.responseHeaders?.append('set-cookie', serverCookie(sessionCookieName(env), '', 0, env.LECTERN_URL));
    }),
});
