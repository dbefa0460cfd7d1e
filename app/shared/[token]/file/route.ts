import { getApp } from '@/server/app';
import { downloadShared } from '@/server/documents/links';
import { AppError } from '@/server/errors';
import { seeOther } from '@/server/http';

export const dynamic = 'force-dynamic';

/** The file behind a share link: to a short-lived address of it, or to the page that says why not. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  const { token } = await params;
  try {
    return seeOther(await downloadShared(getApp(), token, request.headers, Date.now()));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return seeOther(`/shared/${encodeURIComponent(token)}`);
  }
}
