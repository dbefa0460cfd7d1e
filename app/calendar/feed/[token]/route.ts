import { getApp } from '@/server/app';
import { readFeed } from '@/server/calendar/service';
import { AppError } from '@/server/errors';

export const dynamic = 'force-dynamic';

/** Somebody's calendar, for the program that subscribed to it: it has no cookies, its address is the right to it. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  const { token } = await params;
  const headers = { 'cache-control': 'private, no-store' };
  try {
    const text = await readFeed(getApp(), token.replace(/\.ics$/, ''));
    return new Response(text, { headers: { ...headers, 'content-type': 'text/calendar; charset=utf-8' } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new Response(null, { status: 404, headers });
  }
}
