import type { App } from '../app';
import { runtimeOf } from './runtime';

/**
 * Answers `GET /api/clock` with `{serverNow}`, ms since the epoch: a browser that asks a few times knows Postgres' time to within
 * half of the quickest way there and back. No secret, and no work: anybody may ask.
 */
export function tellTime(app: App): Response {
  return Response.json(
    { serverNow: runtimeOf(app).serverNow() },
    { headers: { 'cache-control': 'no-store' } },
  );
}
