import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
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
  log.info({ requestId, method: request.method, path: loggedPath(request.nextUrl.pathname) }, 'page');

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-request-id', requestId);
  const transport = transportSecurity(env.LECTERN_URL);
  if (transport) response.headers.set('strict-transport-security', transport);
  return response;
}

/**
 * Pages only. The API guards itself (server/http.ts); streams, uploads and webhooks must not pass here, where a body is cut
 * at 10 MB; built and copied files need no nonce. Next reads this without running it: no variables.
 */
export const config = { matcher: ['/((?!api/|_next/|vendor/|favicon.ico$).*)'] };
