import type { RoomEvent } from '@/room/events';
import { type ClosedReason, encodeMessage, type StreamMessage } from '@/room/frames';
import { visibleEvent } from '@/room/visible';
import type { App } from '../app';
import { AppError } from '../errors';
import { metrics } from '../metrics';
import { weigh } from './memory';
import type { Participant } from './people';
import { announceConnection, disconnect, leaseConnection } from './presence';
import { selectPiece } from './queries/log';
import type { RoomTail, Subscriber } from './room-tail';
import { runtimeOf } from './runtime';
import { readPicture } from './service';
import type { Sink, SinkUser } from './sink';

/** Bytes that may wait for one client before it is closed as too slow (T5). */
export const MAX_WAITING_BYTES = 2 * 1024 * 1024;
/** A resume over more events than this, or over more of them in bytes of memory, gets a snapshot instead (T2). */
const MAX_BACKLOG_EVENTS = 2000;
const MAX_BACKLOG_BYTES = 4 * 1024 * 1024;
/** What is read of a log at once for one stream: so many events, or so many bytes of them as they are stored. */
const READ_AT_ONCE = { limit: 200, storedBytes: 256 * 1024 };

const encoder = new TextEncoder();

export type StreamRequest = {
  /** The last seq that the browser has; null: it has nothing, or it said something that is no number. */
  after: number | null;
  /** The connection that this tab was before its stream broke. */
  connectionId: string | null;
  userAgent: string | null;
  /** The browser will say again and again that it is there (C6). */
  confirms: boolean;
  /** The sign-in that it came with: the stream ends with it. Null for a guest. */
  sessionId: string | null;
  /** Fires when the browser is gone. */
  signal: AbortSignal;
};

/** Reads where a browser wants to go on from: `Last-Event-ID`, else `?after=`. Anything else than a seq counts as nothing. */
export function readPosition(lastEventId: string | null, after: string | null): number | null {
  const given = lastEventId ?? after;
  if (given === null || !/^\d{1,15}$/.test(given)) return null;
  return Number(given);
}

/**
 * The tail of a participant's room as server-sent events, for whatever carries them (sink.ts). It begins when it is started, and
 * ends by itself when they are removed.
 */
export function openStream(app: App, participant: Participant, request: StreamRequest): SinkUser {
  const session = new StreamSession(app, participant, request);
  runtimeOf(app).hub.expect(session);
  return session;
}

class StreamSession implements Subscriber, SinkUser {
  readonly viewer: Participant;
  readonly userAgent: string | null;
  readonly confirms: boolean;
  readonly sessionId: string | null;
  connectionId = '';
  cursor: number;
  live = false;
  readonly #app: App;
  readonly #request: StreamRequest;
  #sink: Sink | null = null;
  /** What was sent last went out at once. */
  #flows = false;
  #closed = false;
  /** It was closed for good: nobody is to wait for this tab. */
  #left = false;
  #drained: (() => void) | null = null;

  constructor(app: App, participant: Participant, request: StreamRequest) {
    this.#app = app;
    this.#request = request;
    this.viewer = participant;
    this.userAgent = request.userAgent;
    this.confirms = request.confirms;
    this.sessionId = request.sessionId;
    this.cursor = request.after ?? -1;
  }

  start(sink: Sink): void {
    this.#sink = sink;
    this.#request.signal.addEventListener('abort', () => this.close(null), { once: true });
    if (this.#request.signal.aborted) this.close(null);
    else void this.#run();
  }

  drained(): void {
    this.#drained?.();
    this.#drained = null;
  }

  get waitingBytes(): number {
    return this.#closed ? 0 : (this.#sink?.waiting ?? 0);
  }

  gone(): void {
    this.close(null);
  }

  deliver(bytes: Uint8Array): number {
    const sink = this.#sink;
    if (this.#closed || !sink) return 0;
    // Asking what waits costs as much as all else here: it is asked of who took the last frame slowly.
    const waiting = this.#flows ? 0 : sink.waiting;
    if (waiting >= MAX_WAITING_BYTES) this.drop('slow');
    else this.#flows = sink.write(bytes);
    return waiting;
  }

  drop(reason: 'slow' | 'memory' | 'silent'): void {
    if (this.#closed) return;
    const { roomId, id: participantId } = this.viewer;
    this.#app.log.info({ roomId, participantId, reason }, 'a stream was cut off');
    metrics.streamsClosed.inc({ reason });
    // Nobody has left by it: a silent one's lease has run out already.
    if (reason === 'silent') this.connectionId = '';
    this.#end((sink) => sink.cut(new Error(reason === 'silent' ? 'silent' : 'too slow')));
  }

  close(reason: ClosedReason | null): void {
    this.#left = reason !== null;
    if (reason && !this.#closed) metrics.streamsClosed.inc({ reason });
    this.#end((sink) => {
      if (reason) sink.write(encoder.encode(encodeMessage({ kind: 'closed', reason })));
      sink.end();
    });
  }

  supersede(): void {
    this.connectionId = '';
    this.close(null);
  }

  /** Subscribes first, then sends what was missed, then goes live: what comes twice is dropped by seq (T3). */
  async #run(): Promise<void> {
    const { hub } = runtimeOf(this.#app);
    try {
      const id = await leaseConnection(this.#app, this.viewer, this.#request.connectionId, this);
      if (this.#closed) {
        await disconnect(this.#app, id, false);
        return;
      }
      for (const other of hub.listeners()) {
        if (other.connectionId === id) other.supersede();
      }
      this.connectionId = id;
      this.#send({ kind: 'hello', connectionId: id, serverNow: runtimeOf(this.#app).serverNow() });
      const tail = await hub.join(this.viewer.roomId, this);
      if (this.#closed) hub.leave(this.viewer.roomId, this);
      await this.#catchUp(tail);
      await announceConnection(this.#app, this.viewer, id, this.userAgent);
    } catch (error) {
      if (error instanceof AppError && error.code === 'REMOVED') {
        this.close('removed');
        return;
      }
      this.#app.log.error({ err: error, roomId: this.viewer.roomId }, 'a stream failed');
      metrics.failures.inc({ kind: 'stream' });
      this.close(null);
    }
  }

  async #catchUp(tail: RoomTail): Promise<void> {
    if (this.cursor < 0 || this.cursor > tail.head || tail.head - this.cursor > MAX_BACKLOG_EVENTS)
      await this.#sendSnapshot();
    let bytes = 0;
    while (!this.#closed && this.cursor < tail.head) {
      await this.#room();
      const near = tail.backlog(this.cursor, this.viewer);
      if (near) {
        this.cursor = tail.head;
        this.#force(near);
      } else if (bytes > MAX_BACKLOG_BYTES) {
        await this.#sendSnapshot();
      } else {
        bytes += await this.#sendFromLog(tail.head);
      }
    }
    this.live = true;
  }

  async #sendSnapshot(): Promise<void> {
    const { head, chat } = await readPicture(this.#app, this.viewer.roomId, this.viewer);
    this.#send({ kind: 'snapshot', snapshot: { head, chat } });
    this.cursor = head.seq;
  }

  /** Gives about how many bytes were read. */
  async #sendFromLog(upTo: number): Promise<number> {
    const range = { after: this.cursor, upTo, ...READ_AT_ONCE };
    const events: RoomEvent[] = await selectPiece(this.#app.db, this.viewer.roomId, range);
    const last = events.at(-1);
    if (!last) throw new Error(`room ${this.viewer.roomId}: no events after ${this.cursor}`);
    const seen = events.filter((event) => visibleEvent(event, this.viewer));
    this.#send({ kind: 'frame', frame: { from: this.cursor + 1, to: last.seq, at: last.at, events: seen } });
    this.cursor = last.seq;
    return events.reduce((bytes, { payload }) => bytes + weigh(payload), 0);
  }

  #send(message: StreamMessage): void {
    this.#force(encoder.encode(encodeMessage(message)));
  }

  /** What was missed is sent at the client's own pace, so that it cannot be too slow for it. */
  #force(bytes: Uint8Array): void {
    if (!this.#closed) this.#sink?.write(bytes);
  }

  async #room(): Promise<void> {
    while (!this.#closed && (this.#sink?.waiting ?? 0) >= MAX_WAITING_BYTES) {
      await new Promise<void>((resolve) => {
        this.#drained = resolve;
      });
    }
  }

  #end(finish: (sink: Sink) => void): void {
    if (this.#closed) return;
    this.#closed = true;
    this.drained();
    const { hub } = runtimeOf(this.#app);
    hub.leave(this.viewer.roomId, this);
    if (this.#sink) finish(this.#sink);
    if (this.connectionId === '' || hub.ending) return;
    disconnect(this.#app, this.connectionId, this.#left).catch((error: unknown) => {
      this.#app.log.warn({ err: error }, 'a leaving was not stored; its lease will run out');
    });
  }
}
