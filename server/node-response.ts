import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Carries the key of a request's response inside this process; what a client sends under this name is thrown away. */
const HEADER = 'x-lectern-response';
/** Requests whose handlers write to Node's response themselves. */
const WANTED = /^\/api\/rooms\/[^/?]+\/stream(\?|$)/;

const key = Symbol.for('lectern.responses');
const holder = globalThis as typeof globalThis & { [key]?: Map<string, ServerResponse> };
const responses = (holder[key] ??= new Map());

/** From now on `nodeResponseOf` finds the responses of streams. Route handlers are given none: Node itself tells of each. */
export function keepNodeResponses(): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    delete request.headers[HEADER];
    if (!WANTED.test(request.url ?? '')) return;
    const id = randomUUID();
    request.headers[HEADER] = id;
    responses.set(id, response);
    response.once('close', () => responses.delete(id));
  });
}

/** Node's own response to a request that came through this process' HTTP server; null where it did not. */
export function nodeResponseOf(headers: Headers): ServerResponse | null {
  return responses.get(headers.get(HEADER) ?? '') ?? null;
}
