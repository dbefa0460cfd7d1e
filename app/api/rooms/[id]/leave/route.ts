import { getApp } from '@/server/app';
import { createContext } from '@/server/context';
import { takeGoodbye } from '@/server/rooms/stream-door';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** A tab's goodbye: what tells a leaving from a connection that broke. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  const { app, viewer } = await createContext(getApp(), request.headers);
  return takeGoodbye(app, viewer, id, request);
}
