import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { z } from 'zod';
import type { App } from '../app';
import { AppError } from '../errors';
import { addressOf } from '../http';
import { MAX_PASSWORD_LENGTH } from './policy';
import { endSession, startSession, verifyCredentials } from './service';
import { SESSION_SECONDS, sessionCookieName, sessionSecret } from './session-token';

const credentialsInput = z.object({
  email: z.string().min(1).max(254),
  password: z.string().min(1).max(MAX_PASSWORD_LENGTH),
});

/** next-auth's settings for one request. The token it seals carries the account's id and `sid`, nothing else. */
export function authOptions(app: App, headers: Headers): NextAuthOptions {
  // The one address of the installation: next-auth must not take it from what a request says.
  process.env.NEXTAUTH_URL = app.env.LECTERN_URL;
  const secure = app.env.LECTERN_URL.startsWith('https:');
  return {
    secret: sessionSecret(app.env),
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    useSecureCookies: secure,
    cookies: {
      sessionToken: {
        name: sessionCookieName(app.env),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
      },
    },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    logger: {
      error: (code, metadata) =>
        app.log.error({ code, err: metadata instanceof Error ? metadata : undefined }, 'auth'),
      warn: (code) => app.log.warn({ code }, 'auth'),
      debug: () => undefined,
    },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        authorize: (given) => authorize(app, headers, given),
      }),
    ],
    callbacks: {
      jwt: async ({ token, user }) => ({
        sub: token.sub,
        sid: user ? await startSession(app, user.id, headers) : token.sid,
      }),
      // Nobody asks next-auth who is signed in: `readViewer` asks the database.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token.sid === 'string') await endSession(app, token.sid);
      },
    },
  };
}

/** next-auth hands an error's message to the page that asked: a code, and the seconds to wait where there are any. */
async function authorize(app: App, headers: Headers, given: Record<string, string> | undefined) {
  const input = credentialsInput.safeParse(given);
  if (!input.success) throw new Error('WRONG_CREDENTIALS');
  try {
    return await verifyCredentials(app, {
      ...input.data,
      address: addressOf(headers, app.env.LECTERN_PROXIES),
    });
  } catch (error) {
    if (!(error instanceof AppError)) {
      app.log.error({ err: error }, 'sign-in failed');
      throw new Error('INTERNAL', { cause: error });
    }
    app.log.info({ code: error.code }, 'sign-in refused');
    throw new Error(`${error.code}:${error.details.retryAfterSeconds ?? 0}`, { cause: error });
  }
}
