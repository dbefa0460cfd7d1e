import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { QueryListener } from '@/db/timed';
import type { Log } from './log';
import { loggedPath } from './perimeter';

/** Statements of one request that are written out; a stream makes more in its life, which are only counted. */
const MAX_STATEMENTS = 50;
/** What is built or copied needs no line. */
const UNLOGGED = /^\/(_next|vendor)\//;

type Statement = { ms: number; statement: string };
type Request = { count: number; ms: number; statements: Statement[] };

const key = Symbol.for('lectern.requests');
const holder = globalThis as typeof globalThis & { [key]?: AsyncLocalStorage<Request> };
const requests = (holder[key] ??= new AsyncLocalStorage<Request>());

const rounded = (ms: number) => Math.round(ms * 10) / 10;

/** Notes a statement with the request that sends it. Statements of no request are not noted. */
export const noteQuery: QueryListener = (statement) => {
  const request = requests.getStore();
  return (ms) => {
    if (!request) return;
    request.count += 1;
    request.ms += ms;
    if (request.statements.length < MAX_STATEMENTS)
      request.statements.push({ ms: rounded(ms), statement: statement.replace(/\s+/g, ' ').trim() });
  };
};

/**
 * From now on every request that this process' HTTP server takes is one line of the log when it is over: what was asked, how
 * long it took, and its statements with their times. Never parameters, headers, a query string or a link's token.
 */
export function logRequests(log: Pick<Log, 'info'>): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const path = (request.url ?? '').replace(/[?#].*$/, '');
    if (UNLOGGED.test(path)) return;
    const started = performance.now();
    const noted: Request = { count: 0, ms: 0, statements: [] };
    // What handles the request begins in this very turn, and inherits this.
    requests.enterWith(noted);
    response.once('close', () => {
      log.info(
        {
          requestId: response.getHeader('x-request-id'),
          method: request.method,
          path: loggedPath(path),
          status: response.statusCode,
          ms: rounded(performance.now() - started),
          queries: noted.count,
          queryMs: rounded(noted.ms),
          statements: noted.statements,
        },
        'request',
      );
    });
  });
}
