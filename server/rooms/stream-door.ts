import { z } from 'zod';
import type { App } from '../app';
import { AppError, type ErrorCode } from '../errors';
import { readGuest, type Viewer } from '../identity/service';
import { runtimeOf } from './runtime';
import { requestIdOf, requireOwnOrigin } from '../http';
import { refusalResponse } from '../trpc';
import { confirmConnection, sayGoodbye } from './presence';
import { findParticipant } from './service';
import { type SinkUser, streamedBody } from './sink';
import { MAX_WAITING_BYTES, openStream, readPosition } from './stream';

/** What a refused stream says. Who may not see a room learns nothing of whether it exists. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  NOT_FOUND: 404,
  REMOVED: 403,
  WAITING: 403,
  DENIED: 403,
  UNPAID: 403,
  LESSON_ENDED: 410,
  TOO_MANY_REQUESTS: 429,
};
/** Open tabs of one participant; far more than anybody has, and few enough that nobody fills a process alone. */
const MAX_STREAMS = 20;

export const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // Without no-transform each subscriber's copy would be compressed by itself.
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
} as const;

/** This process takes no more streams: whoever asks again comes to another one. */
export class ProcessEnding extends Error {}
/** Its answer is no JSON, so that no browser takes it for the room's word. */
const ENDING = new Response('this process ends', {
  status: 503,
  headers: { 'retry-after': '1', 'cache-control': 'no-store' },
});

const uuidShape = z.uuid();

/** What comes with a stream's request. */
type StreamCall = { url: string; headers: Headers; signal: AbortSignal };

/**
 * Answers `GET /api/rooms/[id]/stream?after=&connection=` with the stream that was asked for, not yet begun.
 * @throws AppError NOT_FOUND, REMOVED, LESSON_ENDED, TOO_MANY_REQUESTS; ProcessEnding. `streamRefusal` turns them into answers.
 */
export async function admitToStream(
  app: App,
  viewer: Viewer,
  roomId: string,
  { url, headers, signal }: StreamCall,
): Promise<SinkUser> {
  const { hub, limits } = runtimeOf(app);
  if (hub.ending) throw new ProcessEnding();
  if (!uuidShape.safeParse(roomId).success) throw new AppError('NOT_FOUND');
  const participant = await findParticipant(app, roomId, viewer, readGuest(app, headers, roomId));
  const tooMany = (await limits.takeStream(roomId, participant.id)) !== null;
  // Nothing is awaited from here until the stream counts.
  if (tooMany || hub.streamsOf(roomId, participant.id) >= MAX_STREAMS)
    throw new AppError('TOO_MANY_REQUESTS');
  const { searchParams } = new URL(url);
  return openStream(app, participant, {
    after: readPosition(headers.get('last-event-id'), searchParams.get('after')),
    connectionId: searchParams.get('connection'),
    userAgent: headers.get('user-agent'),
    confirms: searchParams.has('confirms'),
    sessionId: viewer.kind === 'account' ? viewer.sessionId : null,
    signal,
  });
}

/** A refused stream as `{code}`; what is no refusal is thrown on. */
export function streamRefusal(error: unknown): Response {
  if (error instanceof ProcessEnding) return ENDING.clone();
  const status = error instanceof AppError ? STATUS[error.code] : undefined;
  if (!(error instanceof AppError) || !status) throw error;
  return Response.json({ code: error.code }, { status, headers: { 'cache-control': 'no-store' } });
}

/** The same as one web response. */
export async function serveStream(
  app: App,
  viewer: Viewer,
  roomId: string,
  call: StreamCall,
): Promise<Response> {
  try {
    const session = await admitToStream(app, viewer, roomId, call);
    return new Response(streamedBody(session, MAX_WAITING_BYTES), { headers: STREAM_HEADERS });
  } catch (error) {
    return streamRefusal(error);
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

/** Answers `POST /api/rooms/[id]/stream?connection=`: a tab says that it is there (C6). It learns nothing by it. */
export async function serveConfirmation(
  app: App,
  roomId: string,
  call: { method: string; url: string; headers: Headers },
): Promise<Response> {
  try {
    requireOwnOrigin(call, app.env.LECTERN_URL);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return refusalResponse(error, requestIdOf(call.headers));
  }
  const connection = uuidShape.safeParse(new URL(call.url).searchParams.get('connection'));
  if (connection.success && uuidShape.safeParse(roomId).success)
    await confirmConnection(app, roomId, connection.data);
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
}
