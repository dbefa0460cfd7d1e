import { getApp } from '@/server/app';
import { createContext } from '@/server/context';
import { AppError } from '@/server/errors';
import { requestIdOf, requireOwnOrigin } from '@/server/http';
import { serveConfirmation, serveStream } from '@/server/rooms/stream-door';
import { refusalResponse } from '@/server/trpc';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

type Route = { params: Promise<{ id: string }> };

/** The room's tail as server-sent events (DESIGN §3, T1–T8). */
export async function GET(request: Request, { params }: Route): Promise<Response> {
  const { id } = await params;
  const { app, viewer } = await createContext(request.headers);
  return serveStream(app, viewer, id, request);
}

/** A tab with an open stream says that it is there (C6). */
export async function POST(request: Request, { params }: Route): Promise<Response> {
  try {
    const app = getApp();
    requireOwnOrigin(request, app.env.LECTERN_URL);
    return await serveConfirmation(app, (await params).id, request.url);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return refusalResponse(error, requestIdOf(request.headers));
  }
}
