import { createContext } from '@/server/context';
import { serveStream } from '@/server/rooms/stream-door';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** The room's tail as server-sent events (DESIGN §3, T1–T8). */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  const { app, viewer } = await createContext(request.headers);
  return serveStream(app, viewer, id, request);
}
