import { apply, skipTo } from './apply';
import type { RoomEvent } from './events';
import type { ChatMessage, RoomState } from './state';

/**
 * A contiguous range of the log on its way to one viewer (T1). Events that the viewer may not see are left out, the range
 * is not: `at` is the time of event `to`, so that the viewer's head stands where the room's does.
 */
export type Frame = { from: number; to: number; at: number; events: readonly RoomEvent[] };

/** What replaces everything that the browser has when the way from where it stood is too long (T2). */
export type Snapshot = { head: RoomState; chat: { messages: readonly ChatMessage[]; hasOlder: boolean } };

/** Why the server closes a stream for good. */
export type ClosedReason = 'removed' | 'not-found' | 'signed-out' | 'lesson-ended';

/** Everything that a stream may carry. */
export type StreamMessage =
  | { kind: 'hello'; connectionId: string; serverNow: number }
  | { kind: 'frame'; frame: Frame }
  | { kind: 'snapshot'; snapshot: Snapshot }
  | { kind: 'ping'; serverNow: number }
  /** This process ends: open the stream anew at some moment within so many ms, each tab at another one (T7). */
  | { kind: 'reconnect'; withinMs: number }
  | { kind: 'closed'; reason: ClosedReason };

/** Writes a message as one server-sent event. Frames and snapshots carry the `id` that a resume starts from. */
export function encodeMessage(message: StreamMessage): string {
  switch (message.kind) {
    case 'frame': {
      const { from, to, at, events } = message.frame;
      return encodeFrame(
        from,
        to,
        at,
        events.map((event) => JSON.stringify(event)),
      );
    }
    case 'snapshot':
      return `id: ${message.snapshot.head.seq}\nevent: snapshot\ndata: ${JSON.stringify(message.snapshot)}\n\n`;
    case 'hello': {
      const { connectionId, serverNow } = message;
      return `event: hello\ndata: ${JSON.stringify({ connectionId, serverNow })}\n\n`;
    }
    case 'ping':
      return `event: ping\ndata: ${JSON.stringify({ serverNow: message.serverNow })}\n\n`;
    case 'reconnect':
      return `event: reconnect\ndata: ${JSON.stringify({ withinMs: message.withinMs })}\n\n`;
    case 'closed':
      return `event: closed\ndata: ${JSON.stringify({ reason: message.reason })}\n\n`;
    default:
      return message satisfies never;
  }
}

/** Writes a frame from events that are JSON already: each event is encoded once, however many audiences it has. */
export function encodeFrame(from: number, to: number, at: number, events: readonly string[]): string {
  return `id: ${to}\ndata: {"from":${from},"to":${to},"at":${at},"events":[${events.join(',')}]}\n\n`;
}

/** Reads one server-sent event (its lines, without the empty one that ends it); null for a comment or an unknown kind. */
export function decodeMessage(block: string): StreamMessage | null {
  let event = '';
  let data = '';
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) event = line.slice(7);
    else if (line.startsWith('data: ')) data += line.slice(6);
  }
  if (data === '') return null;
  switch (event) {
    case '':
      return { kind: 'frame', frame: JSON.parse(data) as Frame };
    case 'snapshot':
      return { kind: 'snapshot', snapshot: JSON.parse(data) as Snapshot };
    case 'hello':
      return { kind: 'hello', ...(JSON.parse(data) as { connectionId: string; serverNow: number }) };
    case 'ping':
      return { kind: 'ping', ...(JSON.parse(data) as { serverNow: number }) };
    case 'reconnect':
      return { kind: 'reconnect', ...(JSON.parse(data) as { withinMs: number }) };
    case 'closed':
      return { kind: 'closed', ...(JSON.parse(data) as { reason: ClosedReason }) };
    default:
      return null;
  }
}

/**
 * How a frame fits to where a browser stands: `next` goes on from there, `seen` brings nothing new, `overlap` begins
 * before and ends after, `gap` means that something in between is missing and must be fetched.
 */
export function fitOf(frame: Frame, seq: number): 'next' | 'seen' | 'overlap' | 'gap' {
  if (frame.from > seq + 1) return 'gap';
  if (frame.to <= seq) return 'seen';
  return frame.from === seq + 1 ? 'next' : 'overlap';
}

/** The head after a frame that fits; events that came before are left out. */
export function applyFrame(state: RoomState, frame: Frame): RoomState {
  const fresh = frame.events.filter((event) => event.seq > state.seq);
  return skipTo(fresh.reduce(apply, state), frame.to, frame.at);
}

/** A chat event as the chat shows it. */
export function chatMessageOf(event: Extract<RoomEvent, { type: 'chat.sent' }>): ChatMessage {
  return {
    id: event.commandId ?? `seq:${event.seq}`,
    seq: event.seq,
    at: event.at,
    author: event.actor ?? '',
    authorName: event.payload.authorName,
    text: event.payload.text,
    to: event.payload.to,
  };
}
