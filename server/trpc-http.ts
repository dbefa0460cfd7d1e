import { callTRPCProcedure, getTRPCErrorFromUnknown, TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { App } from './app';
import { type Context, createContext } from './context';
import { AppError } from './errors';
import { MAX_JSON_BYTES, readCapped, refuseProtoKeys, requestIdOf, requireOwnOrigin } from './http';
import { appRouter } from './router';
import { refusalResponse, shapeOf } from './trpc';

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

/** An answer as it goes out: tRPC's JSON. */
type MadeAnswer = { status: number; requestId: string; body: string };

/**
 * Answers one call of one mutation as `answerTrpc` does, without the web's Request and Response in between: those cost about as
 * much as a command's own work (docs/decisions/014). For JSON that is no batch.
 * @param atOnce  gives the answer where nobody has to be asked who they are for it, else null
 */
export async function answerMutation(
  app: App,
  call: ApiCall,
  path: string,
  atOnce: (json: string) => unknown = () => null,
): Promise<MadeAnswer> {
  const requestId = requestIdOf(call.headers);
  call.headers.set('x-request-id', requestId);
  let ctx: Context | undefined;
  try {
    const json = await checkedBody(app, call);
    const early = atOnce(json);
    if (early) return { status: 200, requestId, body: JSON.stringify({ result: { data: early } }) };
    ctx = await createContext(app, call.headers);
    const data: unknown = await callTRPCProcedure({
      router: appRouter,
      path,
      type: 'mutation',
      ctx,
      signal: call.signal,
      batchIndex: 0,
      getRawInput: () => Promise.resolve(parsed(json)),
    });
    return { status: 200, requestId, body: JSON.stringify({ result: { data } }) };
  } catch (cause) {
    if (!ctx && cause instanceof AppError) return refused(app, call, { error: cause, requestId });
    const error = getTRPCErrorFromUnknown(cause);
    // Procedures log their own; this is what failed before one was reached.
    if (!ctx) app.log.error({ requestId, path, err: error }, 'request failed');
    const body = JSON.stringify({ error: shapeOf(error, path, ctx) });
    return { status: getHTTPStatusCodeFromError(error), requestId, body };
  }
}

async function refused(
  app: App,
  call: ApiCall,
  { error, requestId }: { error: AppError; requestId: string },
): Promise<MadeAnswer> {
  app.log.info({ requestId, code: error.code, method: call.method }, 'request refused');
  const response = refusalResponse(error, requestId);
  return { status: response.status, requestId, body: await response.text() };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new TRPCError({ code: 'PARSE_ERROR', cause });
  }
}

/** The body of a call from our own pages, neither too large nor with a key that reaches for prototypes. */
async function checkedBody(app: App, call: ApiCall): Promise<string> {
  requireOwnOrigin(call, app.env.LECTERN_URL);
  const body = Buffer.from((await readCapped(call, MAX_JSON_BYTES)).buffer).toString('utf8');
  refuseProtoKeys(body);
  return body;
}

async function checkedRequest(app: App, call: ApiCall, requestId: string): Promise<Request> {
  const { method, url, signal } = call;
  const headers = new Headers(call.headers);
  headers.set('x-request-id', requestId);
  if (method !== 'POST') {
    requireOwnOrigin(call, app.env.LECTERN_URL);
    refuseProtoKeys(new URL(url).searchParams.get('input') ?? '');
    return new Request(url, { method, headers, signal });
  }
  const body = await checkedBody(app, call);
  return new Request(url, { method, headers, body, signal });
}
