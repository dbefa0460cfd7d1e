import { getApp } from '@/server/app';
import { readHealth } from '@/server/health';

export const dynamic = 'force-dynamic';

/** Alive is 200, always. `?ready` is 503 while the database is away and when the process ends: then no traffic should come here. */
export async function GET(request: Request): Promise<Response> {
  const health = await readHealth(getApp());
  const asksReady = new URL(request.url).searchParams.has('ready');
  return Response.json(health, {
    status: asksReady && !health.ready ? 503 : 200,
    headers: { 'cache-control': 'no-store' },
  });
}
