import { getApp } from '@/server/app';
import { metrics } from '@/server/metrics';
import { mayReadMetrics } from '@/server/perimeter';
import { measureRooms } from '@/server/rooms/measure';

export const dynamic = 'force-dynamic';

/** What this process counts, for Prometheus. Whoever may not read it learns nothing of whether it is there. */
export async function GET(request: Request): Promise<Response> {
  const app = getApp();
  const headers = { 'cache-control': 'no-store' };
  if (!mayReadMetrics(app.env, request.headers.get('authorization')))
    return new Response(null, { status: 404, headers });
  measureRooms(app);
  const { registry } = metrics;
  return new Response(await registry.metrics(), {
    headers: { ...headers, 'content-type': registry.contentType },
  });
}
