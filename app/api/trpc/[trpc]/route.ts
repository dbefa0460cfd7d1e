import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { getApp } from '@/server/app';
import { createContext } from '@/server/context';
import { AppError } from '@/server/errors';
import { MAX_JSON_BYTES, readCapped, refuseProtoKeys, requestIdOf, requireOwnOrigin } from '@/server/http';
import { appRouter } from '@/server/router';
import { refusalResponse } from '@/server/trpc';

/** The one door of the API: origin, size and shape are checked before anything is parsed. */
async function handle(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  let checked: Request;
  try {
    checked = await checkedRequest(request, requestId);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    getApp().log.info({ requestId, code: error.code, method: request.method }, 'request refused');
    return refusalResponse(error, requestId);
  }
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    router: appRouter,
    req: checked,
    createContext: ({ resHeaders }) => createContext(checked.headers, resHeaders),
    maxBatchSize: 20,
    onError: ({ error, path, ctx }) => {
      // Procedures log their own; this is what failed before one was reached.
      if (!ctx) getApp().log.error({ requestId, path, err: error }, 'request failed');
    },
    responseMeta: () => ({
      headers: new Headers({ 'x-request-id': requestId, 'cache-control': 'no-store' }),
    }),
  });
}

async function checkedRequest(request: Request, requestId: string): Promise<Request> {
  requireOwnOrigin(request, getApp().env.LECTERN_URL);
  const headers = new Headers(request.headers);
  headers.set('x-request-id', requestId);
  if (request.method !== 'POST') {
    refuseProtoKeys(new URL(request.url).searchParams.get('input') ?? '');
    return new Request(request.url, { method: request.method, headers, signal: request.signal });
  }
  const body = await readCapped(request, MAX_JSON_BYTES);
  refuseProtoKeys(Buffer.from(body.buffer).toString('utf8'));
  return new Request(request.url, { method: 'POST', headers, body, signal: request.signal });
}

export { handle as GET, handle as POST };
