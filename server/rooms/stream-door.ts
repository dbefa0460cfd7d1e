import { z } from 'zod';
import type { App } from '../app';
import { AppError, type ErrorCode } from '../errors';
import { readGuest, type Viewer } from '../identity/service';
import { nodeResponseOf } from '../node-response';
import { runtimeOf } from './runtime';
import { requireOwnOrigin } from '../http';
import { confirmConnection, sayGoodbye } from './presence';
import { findParticipant } from './service';
import { openStream, readPosition } from './stream';

/** What a refused stream says. Who may not see a room learns nothing of whether it exists. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  NOT_FOUND: 404,
  REMOVED: 403,
  LESSON_ENDED: 410,
  TOO_MANY_REQUESTS: 429,
};
/** Open tabs of one participant; far more than anybody has, and few enough that nobody fills a process alone. */
const MAX_STREAMS = 20;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // Without no-transform each subscriber's copy would be compressed by itself.
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
} as const;

/** This process ends: whoever asks again comes to another one. No JSON, so that no browser takes it for the room's word. */
const ENDING = new Response('this process ends', {
  status: 503,
  headers: { 'retry-after': '1', 'cache-control': 'no-store' },
});

const uuidShape = z.uuid();

/**
 * Answers `GET /api/rooms/[id]/stream?after=&connection=`: the stream, or a refusal as `{code}`. Independent of Next, so
 * that a process of its own can serve it.
 */
export async function serveStream(
  app: App,
  viewer: Viewer,
  roomId: string,
  request: { url: string; headers: Headers; signal: AbortSignal },
): Promise<Response> {
  try {
    if (runtimeOf(app).hub.ending) return ENDING.clone();
    if (!uuidShape.safeParse(roomId).success) throw new AppError('NOT_FOUND');
    const guest = readGuest(app, request.headers, roomId);
    const participant = await findParticipant(app, roomId, viewer, guest);
    if (runtimeOf(app).hub.streamsOf(roomId, participant.id) >= MAX_STREAMS)
      throw new AppError('TOO_MANY_REQUESTS');
    const { searchParams } = new URL(request.url);
    const stream = openStream(app, participant, {
      after: readPosition(request.headers.get('last-event-id'), searchParams.get('after')),
      connectionId: searchParams.get('connection'),
      userAgent: request.headers.get('user-agent'),
      confirms: searchParams.has('confirms'),
      sessionId: viewer.kind === 'account' ? viewer.sessionId : null,
      signal: request.signal,
      response: nodeResponseOf(request.headers),
    });
    return new Response(stream, { headers: HEADERS });
  } catch (error) {
    const status = error instanceof AppError ? STATUS[error.code] : undefined;
    if (!(error instanceof AppError) || !status) throw error;
    return Response.json({ code: error.code }, { status, headers: { 'cache-control': 'no-store' } });
  }
}

/** Answers `POST /api/rooms/[id]/leave?connection=`: a tab's goodbye, which says that the end of its stream is no accident. */
export async function takeGoodbye(
  app: App,
  viewer: Viewer,
  roomId: string,
  request: { method: string; url: string; headers: Headers },
): Promise<Response> {
  try {
    requireOwnOrigin(request, app.env.LECTERN_URL);
    if (!uuidShape.safeParse(roomId).success) throw new AppError('NOT_FOUND');
    const participant = await findParticipant(app, roomId, viewer, readGuest(app, request.headers, roomId));
    await sayGoodbye(app, participant, new URL(request.url).searchParams.get('connection'));
    return new Response(null, { status: 204 });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return Response.json({ code: error.code }, { status: STATUS[error.code] ?? 403 });
  }
}

/** Answers `POST /api/rooms/[id]/stream?connection=`: a tab says that it is there. It learns nothing by it. */
export async function serveConfirmation(app: App, roomId: string, url: string): Promise<Response> {
  const connection = uuidShape.safeParse(new URL(url).searchParams.get('connection'));
  if (connection.success && uuidShape.safeParse(roomId).success)
    await confirmConnection(app, roomId, connection.data);
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
}
