import { decode, type JWT } from 'next-auth/jwt';
import { z } from 'zod';
import { deriveKey } from '../keys';
import { readCookie } from './cookies';

/** How long a sign-in lasts, in seconds. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** All that the token carries: who is asked of the database, what they may do as well. */
const claims = z.object({ sub: z.uuid(), sid: z.uuid() });
export type SessionClaims = z.infer<typeof claims>;

type Settings = { LECTERN_SECRET: string; LECTERN_URL: string };

export function sessionSecret(env: Settings): string {
  return deriveKey(env.LECTERN_SECRET, 'session').export().toString('base64url');
}

export function sessionCookieName(env: Settings): string {
  return env.LECTERN_URL.startsWith('https:') ? '__Secure-lectern-session' : 'lectern-session';
}

/** What a request's session cookie says; null for none, a forged, foreign or expired one. */
export async function readSessionClaims(env: Settings, headers: Headers): Promise<SessionClaims | null> {
  const token = readCookie(headers, sessionCookieName(env));
  if (!token) return null;
  let payload: JWT | null;
  try {
    payload = await decode({ token, secret: sessionSecret(env) });
  } catch {
    // Whatever is wrong with a token that strangers can send, it means the same: nobody is signed in.
    return null;
  }
  return claims.safeParse(payload).data ?? null;
}
