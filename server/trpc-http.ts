import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { App } from './app';
import { createContext } from './context';
import { AppError } from './errors';
import { MAX_JSON_BYTES, readCapped, refuseProtoKeys, requestIdOf, requireOwnOrigin } from './http';
import { appRouter } from './router';
import { refusalResponse } from './trpc';

/** A call of the API as it came in, whoever took it: Next, or the front door. */
export type ApiCall = {
  method: string;
  url: string;
  headers: Headers;
  body: AsyncIterable<Uint8Array> | null;
  signal: AbortSignal;
};

/** Answers a call under `/api/trpc`: origin, size and shape are checked before anything is parsed. */
export async function answerTrpc(app: App, call: ApiCall): Promise<Response> {
  const requestId = requestIdOf(call.headers);
  let checked: Request;
  try {
    checked = await checkedRequest(app, call, requestId);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    app.log.info({ requestId, code: error.code, method: call.method }, 'request refused');
    return refusalResponse(error, requestId);
  }
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    router: appRouter,
    req: checked,
    createContext: ({ resHeaders }) => createContext(app, checked.headers, resHeaders),
    maxBatchSize: 20,
    onError: ({ error, path, ctx }) => {
      // Procedures log their own; this is what failed before one was reached.
      if (!ctx) app.log.error({ requestId, path, err: error }, 'request failed');
    },
    responseMeta: () => ({
      headers: new Headers({ 'x-request-id': requestId, 'cache-control': 'no-store' }),
    }),
  });
}

async function checkedRequest(app: App, call: ApiCall, requestId: string): Promise<Request> {
  requireOwnOrigin(call, app.env.LECTERN_URL);
  const { method, url, signal } = call;
  const headers = new Headers(call.headers);
  headers.set('x-request-id', requestId);
  if (method !== 'POST') {
    refuseProtoKeys(new URL(url).searchParams.get('input') ?? '');
    return new Request(url, { method, headers, signal });
  }
  const body = await readCapped(call, MAX_JSON_BYTES);
  refuseProtoKeys(Buffer.from(body.buffer).toString('utf8'));
  return new Request(url, { method, headers, body, signal });
}
