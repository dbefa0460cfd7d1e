import { getApp } from '@/server/app';
import { serveCalls } from '@/server/calls/stream-door';
import { createContext } from '@/server/context';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** By which pages hear of calls, and by which who has one open is online (docs/decisions/019). */
export async function GET(request: Request): Promise<Response> {
  const { app, viewer } = await createContext(getApp(), request.headers);
  return serveCalls(app, viewer, request);
}
