import type { App } from '../app';
import type { Viewer } from '../identity/service';
import { hubOf } from './runtime';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // Without no-transform each stream would be compressed by itself, and held back for that.
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
} as const;

const refused = (status: number) => new Response(null, { status, headers: { 'cache-control': 'no-store' } });

/**
 * Answers `GET /api/calls/stream?for=`: server-sent events with how the calls of who is signed in stand, whole each time, and `ping`s. Open, it is
 * what makes them online. 204 tells a browser not to come back: nobody is signed in, or somebody else than its page says. It is ended
 * after a minute or two, and opened anew.
 */
export function serveCalls(
  app: App,
  viewer: Viewer,
  { url, signal }: { url: string; signal: AbortSignal },
): Response {
  if (viewer.kind !== 'account') return refused(204);
  const userId = viewer.user.id;
  if (new URL(url).searchParams.get('for') !== userId) return refused(204);
  const hub = hubOf(app);
  if (hub.ending) return refused(503);
  if (hub.isFull(userId)) return refused(429);
  return new Response(hub.open({ userId, sessionId: viewer.sessionId, signal }), { headers: HEADERS });
}
