import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { isLocale, type Locale, LOCALE_COOKIE, LOCALE_PARAM } from '@/messages/locales';
import { env } from '@/server/env';
import { requestIdOf } from '@/server/http';
import { log } from '@/server/log';
import { contentSecurityPolicy, loggedPath, transportSecurity } from '@/server/perimeter';

/** Before every page: a request id, and a policy whose nonce only this answer's scripts carry. */
export function proxy(request: NextRequest): NextResponse {
  const requestId = requestIdOf(request.headers);
  const policy = contentSecurityPolicy(env, randomBytes(16).toString('base64'));
  const headers = new Headers(request.headers);
  headers.set('x-request-id', requestId);
  // Next reads the nonce from here and puts it on its own scripts.
  headers.set('content-security-policy', policy);
  const told = languageTold(request);
  if (told) {
    const sent = headers.get('cookie');
    headers.set('cookie', [sent, `${LOCALE_COOKIE}=${told}`].filter(Boolean).join('; '));
  }
  log.info({ requestId, method: request.method, path: loggedPath(request.nextUrl.pathname) }, 'page');

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-request-id', requestId);
  if (told) {
    const secure = env.LECTERN_URL.startsWith('https:');
    // For as long as the browser is open: it is nobody's choice.
    response.cookies.set(LOCALE_COOKIE, told, { path: '/', httpOnly: true, sameSite: 'lax', secure });
  }
  const transport = transportSecurity(env.LECTERN_URL);
  if (transport) response.headers.set('strict-transport-security', transport);
  return response;
}

/** The language of the mail whose link was followed, such as an invitation's; null for who has chosen one. Accounts have their own in any case. */
function languageTold({ nextUrl, cookies }: NextRequest): Locale | null {
  const told = nextUrl.searchParams.get(LOCALE_PARAM);
  return isLocale(told) && !cookies.has(LOCALE_COOKIE) ? told : null;
}

/**
 * Pages only. The API guards itself (server/http.ts); streams, uploads and webhooks must not pass here, where a body is cut
 * at 10 MB; built and copied files need no nonce. Next reads this without running it: no variables.
 */
export const config = { matcher: ['/((?!api/|_next/|vendor/|favicon.ico$).*)'] };
