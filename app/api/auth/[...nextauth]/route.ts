import NextAuth from 'next-auth';
import { NextRequest } from 'next/server';
import { getApp } from '@/server/app';
import { AppError } from '@/server/errors';
import { readCapped, requestIdOf, requireOwnOrigin } from '@/server/http';
import { authOptions } from '@/server/identity/auth';
import { refusalResponse } from '@/server/trpc';

/** An e-mail, a password and a token, form-encoded. */
const MAX_BYTES = 10_000;

type RouteContext = { params: Promise<{ nextauth: string[] }> };

async function handle(request: NextRequest, context: RouteContext): Promise<Response> {
  const app = getApp();
  const requestId = requestIdOf(request.headers);
  try {
    requireOwnOrigin(request, app.env.LECTERN_URL);
    const { method, headers, url } = request;
    const body = method === 'POST' ? await readCapped(request, MAX_BYTES) : undefined;
    const auth = NextAuth(authOptions(app, headers)) as (
      request: NextRequest,
      context: RouteContext,
    ) => Promise<Response>;
    return await auth(new NextRequest(url, { method, headers, body }), context);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    app.log.info({ requestId, code: error.code }, 'request refused');
    return refusalResponse(error, requestId);
  }
}

export { handle as GET, handle as POST };
