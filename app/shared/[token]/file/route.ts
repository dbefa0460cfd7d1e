import { getApp } from '@/server/app';
import { downloadShared } from '@/server/documents/links';
import { AppError } from '@/server/errors';

export const dynamic = 'force-dynamic';

/** The file behind a share link: to a short-lived address of it, or to the page that says why not. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  const { token } = await params;
  try {
    return redirect(await downloadShared(getApp(), token, request.headers, Date.now()));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return redirect(`/shared/${encodeURIComponent(token)}`);
  }
}

function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}
