import type { IncomingMessage, ServerResponse } from 'node:http';
import type { App } from './app';
import { createContext } from './context';
import { API_HEADERS } from './perimeter-headers';
import { tellTime } from './rooms/clock';
import { runtimeOf } from './rooms/runtime';
import { type SinkUser, writeTo } from './rooms/sink';
import { admitToStream, serveConfirmation, STREAM_HEADERS, streamRefusal } from './rooms/stream-door';
import { type ApiCall, answerMutation, answerTrpc } from './trpc-http';

/** Takes a request of Node's HTTP server, or leaves it (false). */
export type FrontDoor = (request: IncomingMessage, response: ServerResponse) => boolean;

type Handler = (app: App, call: ApiCall, response: ServerResponse) => Promise<void>;

const SEND = /^\/api\/trpc\/rooms\.send(\?|$)/;
const CLOCK = /^\/api\/clock(\?|$)/;
const STREAM = /^\/api\/rooms\/([^/?]+)\/stream(\?|$)/;

const key = Symbol.for('lectern.frontDoor');
const holder = globalThis as typeof globalThis & { [key]?: FrontDoor };

/** Puts it where the HTTP server of this process finds it (scripts/web.mjs): the server is there before any of this is loaded. */
export function hangFrontDoor(door: FrontDoor): void {
  holder[key] = door;
}

/**
 * Answers what a class asks again and again (commands, streams, signs of life) before Next sees it: its way to a route handler
 * costs more than the answer (docs/decisions/014). The same functions stand behind the routes under `app/api`, which
 * answer where there is no front door, as in development.
 */
export function createFrontDoor(app: App): FrontDoor {
  return (request, response) => {
    const handler = handlerOf(request);
    if (!handler) return false;
    answerBy(handler, app, request, response).catch((error: unknown) => {
      const requestId = request.headers['x-request-id'];
      app.log.error({ err: error, requestId, method: request.method }, 'request failed');
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
    return true;
  };
}

function handlerOf({ method, url = '' }: IncomingMessage): Handler | null {
  if (method === 'POST' && SEND.test(url)) return send;
  if (method === 'GET' && CLOCK.test(url)) return clock;
  const roomId = STREAM.exec(url)?.[1];
  if (!roomId) return null;
  if (method === 'GET') return (app, call, response) => stream(app, roomId, call, response);
  if (method === 'POST') return (app, call, response) => confirm(app, roomId, call, response);
  return null;
}

async function answerBy(
  handler: Handler,
  app: App,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await handler(app, callOf(app, request, response), response);
}

function callOf(app: App, request: IncomingMessage, response: ServerResponse): ApiCall {
  const headers = new Headers();
  const { rawHeaders, method = 'GET', url = '/' } = request;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  const gone = new AbortController();
  // Every answer closes; what nobody waits for any more is one that closes before its end.
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return { method, url: new URL(url, app.env.LECTERN_URL).href, headers, body: request, signal: gone.signal };
}

const send: Handler = async (app, call, response) => {
  const isOneCall = !call.url.includes('?') && call.headers.get('content-type') === 'application/json';
  if (!isOneCall) return answer(response, await answerTrpc(app, call));
  const { toldToWait } = runtimeOf(app);
  const { status, requestId, body } = await answerMutation(app, call, 'rooms.send', (json) =>
    toldToWait.answer(json, call.headers),
  );
  response.setHeaders(new Map(Object.entries(API_HEADERS)));
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-request-id': requestId,
      'cache-control': 'no-store',
    })
    .end(body);
};

const clock: Handler = (app, _call, response) => answer(response, tellTime(app));

async function confirm(app: App, roomId: string, call: ApiCall, response: ServerResponse): Promise<void> {
  await answer(response, await serveConfirmation(app, roomId, call));
}

async function stream(app: App, roomId: string, call: ApiCall, response: ServerResponse): Promise<void> {
  let session: SinkUser;
  try {
    const { viewer } = await createContext(app, call.headers);
    session = await admitToStream(app, viewer, roomId, call);
  } catch (error) {
    return answer(response, streamRefusal(error));
  }
  response.writeHead(200, { ...API_HEADERS, ...STREAM_HEADERS });
  writeTo(response, session);
}

async function answer(response: ServerResponse, made: Response): Promise<void> {
  const body = Buffer.from(await made.arrayBuffer());
  response.statusCode = made.status;
  response.setHeaders(new Map(Object.entries(API_HEADERS)));
  response.setHeaders(made.headers);
  if (made.status !== 204) response.setHeader('content-length', body.byteLength);
  response.end(body);
}
