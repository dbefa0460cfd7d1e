import { getApp } from '@/server/app';
import { createContext } from '@/server/context';
import { serveConfirmation, serveStream } from '@/server/rooms/stream-door';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

type Route = { params: Promise<{ id: string }> };

/** The room's tail as server-sent events (DESIGN §3, T1–T8). In production the front door answers before Next does. */
export async function GET(request: Request, { params }: Route): Promise<Response> {
  const { id } = await params;
  const { app, viewer } = await createContext(getApp(), request.headers);
  return serveStream(app, viewer, id, request);
}

/** A tab with an open stream says that it is there (C6). */
export async function POST(request: Request, { params }: Route): Promise<Response> {
  return serveConfirmation(getApp(), (await params).id, request);
}
