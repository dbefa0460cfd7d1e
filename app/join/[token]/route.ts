import { getApp } from '@/server/app';
import { createContext } from '@/server/context';
import { AppError } from '@/server/errors';
import { seeOther } from '@/server/http';
import { enterByLink } from '@/server/links/service';

export const dynamic = 'force-dynamic';

/**
 * Opening a link: who is known goes straight to the room, the cookie on the way, with one redirect. Everybody else, and
 * every refusal, comes to the door, which is a page.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  const { token } = await params;
  const { viewer, requestId } = await createContext(getApp(), request.headers);
  const here = `/join/${encodeURIComponent(token)}`;
  try {
    const entry = await enterByLink(getApp(), token, { viewer, headers: request.headers });
    if (entry.to === 'room') return seeOther(`/room/${encodeURIComponent(entry.slug)}`, entry.cookie);
    if (entry.to === 'sign-in') return seeOther(`/sign-in?next=${encodeURIComponent(here)}`);
    return seeOther(`${here}/door`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    getApp().log.info({ requestId, code: error.code }, 'link refused');
    return seeOther(error.code === 'REMOVED' ? `${here}/door?removed` : `${here}/door`);
  }
}
