import { getApp } from '@/server/app';
import { AppError } from '@/server/errors';
import { seeOther } from '@/server/http';
import { setOff } from '@/server/mail/service';

type Params = { params: Promise<{ token: string }> };

export const dynamic = 'force-dynamic';

/**
 * What a mail program does when its reader presses "Unsubscribe" (RFC 8058): a POST from nowhere, without cookies. The token is the right to it, so
 * the request's origin is not asked for.
 */
export async function POST(_request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  const headers = { 'cache-control': 'no-store' };
  try {
    await setOff(getApp(), token, true);
    return new Response(null, { status: 204, headers });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new Response(null, { status: 404, headers });
  }
}

/** Mail programs and their scanners open links by themselves: looking switches nothing off. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  return seeOther(`/mail/off/${encodeURIComponent((await params).token)}`);
}
