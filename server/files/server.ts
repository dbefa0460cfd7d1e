import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { WorkerAdapters } from '../adapters/worker';
import type { App } from '../app';
import { Ingest } from './ingest';
import { fail, serveFile } from './serve';
import { servePlaylist } from './serve-playlist';

/**
 * The files origin: takes uploads (`/ingest/…`) and gives out what people uploaded (`/f/…`) and lists of a film's parts (`/p/…`), each
 * by signed address only. It
 * knows no cookies and shares its origin with nothing of the app.
 */
export function createFilesServer(app: App, adapters: WorkerAdapters): Server {
  const ingest = new Ingest(app, adapters);
  const own = new URL(app.env.LECTERN_URL).origin;

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    setHeaders(response);
    if (path === '/health') return void response.end('{"status":"ok"}');
    if (!allowOrigin(request, response, own)) return fail(response, 403, 'BAD_ORIGIN');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    if (path.startsWith('/ingest/')) return ingest.handle(request, response);
    if (path.startsWith('/f/') && (request.method === 'GET' || request.method === 'HEAD')) {
      return serveFile(app, adapters.storage, request, response);
    }
    if (path.startsWith('/p/') && (request.method === 'GET' || request.method === 'HEAD')) {
      return servePlaylist(app, request, response);
    }
    fail(response, 404, 'NOT_FOUND');
  }

  return createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      // A browser that went away is no defect: what it sent is kept.
      const gone = request.destroyed && !request.complete;
      app.log[gone ? 'info' : 'error'](
        { err: error, method: request.method },
        gone ? 'upload broke off' : 'files request failed',
      );
      fail(response, 500, 'INTERNAL');
    });
  });
}

/** What a file holds never runs, is never guessed at, and never frames or is framed. */
function setHeaders(response: ServerResponse): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('content-security-policy', "sandbox; default-src 'none'; frame-ancestors 'none'");
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
}

/** Only the app's own pages may read or send across origins; no `Origin` means a picture, a link or a server. */
function allowOrigin(request: IncomingMessage, response: ServerResponse, own: string): boolean {
  response.setHeader('vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined) return true;
  if (origin !== own) return false;
  response.setHeader('access-control-allow-origin', own);
  response.setHeader('access-control-allow-methods', 'GET, HEAD, PUT');
  response.setHeader(
    'access-control-allow-headers',
    'range, content-type, b3, traceparent, x-uploadthing-version',
  );
  response.setHeader(
    'access-control-expose-headers',
    'x-ut-range-start, content-range, content-length, accept-ranges',
  );
  response.setHeader('access-control-max-age', '7200');
  return true;
}
