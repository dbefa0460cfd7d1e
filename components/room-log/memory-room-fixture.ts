import { apply, initialState } from '@/room/apply';
import { type BoardRecord, foldBoard } from '@/room/boards';
import type { Command, CommandResult } from '@/room/commands';
import { decide } from '@/room/decide';
import type { Actor } from '@/room/decision';
import type { RoomEvent } from '@/room/events';
import { chatMessageOf, encodeMessage, type StreamMessage } from '@/room/frames';
import type { RoomState } from '@/room/state';
import { visible, visibleEvent } from '@/room/visible';
import { type Transport, TransportError } from './transport';

/** What may happen to one request. `lost-answer`: the server has done it, and nobody hears of it; `late-answer`: the stream is quicker. */
export type Fault = 'none' | 'lost-request' | 'lost-answer' | 'late-answer';

const LATE_MS = 15;

/**
 * A room's server in memory, for tests of the browser's end: the same core decides, and the network between can fail.
 * Streams carry what is visible, in frames as large as a test asks for.
 */
export class MemoryRoom {
  state: RoomState;
  readonly log: RoomEvent[] = [];
  readonly sent: Command[] = [];
  /** What happens to the next requests, in order; then none fails. */
  faults: Fault[] = [];
  boardsLoaded = 0;
  /** Nothing gets through at all. */
  away = false;
  /** Open streams are not told what happens. */
  mute = false;
  /** The next frame is cut in its middle, and its stream ends there. */
  torn = false;
  /** Every frame comes twice. */
  twice = false;
  /** Bytes in which a stream arrives. */
  piece = Number.POSITIVE_INFINITY;
  /** Events that a stream goes back at most; what is further is answered with a snapshot (T2.2). */
  backlog = Number.POSITIVE_INFINITY;
  streams = 0;
  requests = 0;
  /** An answer that every stream gets instead of a stream. */
  refusal: { status: number; code: string } | null = null;
  readonly #answers = new Map<string, CommandResult>();
  readonly #raw = new Set<(text: string) => void>();
  readonly #listeners = new Set<{ cut: () => void; push: (events: readonly RoomEvent[]) => void }>();

  constructor(roomId: string) {
    this.state = initialState(roomId);
  }

  /** Appends events as they are: what the server itself does. */
  append(...bodies: Pick<RoomEvent, 'type' | 'payload' | 'actor'>[]): void {
    const events = bodies.map((body) => this.#add({ commandId: null, audience: 'everyone', ...body }));
    this.#publish(events);
  }

  /** Breaks every open stream. */
  cut(): void {
    for (const listener of this.#listeners) listener.cut();
  }

  /** Sends something over every open stream that the log does not hold. */
  say(message: StreamMessage): void {
    for (const write of this.#raw) write(encodeMessage(message));
  }

  transportOf(actor: Actor): Transport {
    return {
      send: (commands) => this.#request(() => commands.map((command) => this.#carryOut(actor, command))),
      board: (boardId, layer) => this.#request(() => this.#board(boardId, layer)),
      olderChat: (before) => this.#request(() => this.#chat(actor, before)),
      openStream: async ({ after, signal }) => {
        await Promise.resolve();
        if (this.away) throw new TypeError('no network');
        if (this.refusal) {
          return Response.json({ code: this.refusal.code }, { status: this.refusal.status });
        }
        this.streams += 1;
        return new Response(this.#stream(actor, after, signal));
      },
    };
  }

  picture(actor: Actor) {
    return {
      head: visible(this.state, actor),
      chat: this.#chat(actor, this.state.seq + 1),
      serverNow: this.state.at,
    };
  }

  async #request<T>(work: () => T): Promise<T> {
    await Promise.resolve();
    this.requests += 1;
    const fault = this.faults.shift() ?? 'none';
    if (this.away || fault === 'lost-request') throw new TransportError({ kind: 'away' });
    // Over the wire everything becomes JSON: nothing is shared.
    const answer = JSON.parse(JSON.stringify(work())) as T;
    if (fault === 'late-answer') await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    if (fault === 'lost-answer') throw new TransportError({ kind: 'away' });
    return answer;
  }

  #carryOut(actor: Actor, command: Command): CommandResult {
    this.sent.push(command);
    const known = this.#answers.get(command.id);
    if (known) return known;
    const decision = decide(
      this.state,
      {
        actor,
        now: this.state.at + 1,
        documents: new Map(),
        validateRecord: (record) => ({ ok: true, record: record as BoardRecord }),
        board: (boardId, layer) => this.#recordsOf(boardId, layer),
      },
      command,
    );
    if ('refusal' in decision) return { ok: false, id: command.id, code: decision.refusal };
    const events = decision.events.map(({ body, audience }) =>
      this.#add({ ...body, audience, actor: actor.id, commandId: command.id }),
    );
    const result: CommandResult = { ok: true, id: command.id, seqs: events.map((event) => event.seq) };
    this.#answers.set(command.id, result);
    this.#publish(events);
    return result;
  }

  #add(event: Omit<RoomEvent, 'seq' | 'at'>): RoomEvent {
    const full = { ...event, seq: this.state.seq + 1, at: this.state.at + 1 } as RoomEvent;
    this.state = apply(this.state, full);
    this.log.push(full);
    return full;
  }

  #publish(events: readonly RoomEvent[]): void {
    if (events.length === 0 || this.mute) return;
    for (const listener of this.#listeners) listener.push(events);
  }

  #board(boardId: string, layer: string) {
    this.boardsLoaded += 1;
    return { seq: this.state.seq, records: [...this.#recordsOf(boardId, layer).values()] };
  }

  #recordsOf(boardId: string, layer: string): Map<string, BoardRecord> {
    const records = new Map<string, BoardRecord>();
    for (const event of this.log) {
      if (event.type !== 'board.changed') continue;
      if (event.payload.boardId === boardId && event.payload.layer === layer)
        foldBoard(records, event.payload);
    }
    return records;
  }

  #chat(actor: Actor, before: number) {
    const all = this.log.flatMap((event) =>
      event.type === 'chat.sent' && event.seq < before && visibleEvent(event, actor)
        ? [chatMessageOf(event)]
        : [],
    );
    return { messages: all.slice(-10), hasOlder: all.length > 10 };
  }

  #stream(actor: Actor, after: number, signal: AbortSignal): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    let forget = () => {};
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        const writeBytes = (bytes: Uint8Array) => {
          const size = Math.min(this.piece, bytes.length);
          for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
        };
        const write = (text: string) => writeBytes(encoder.encode(text));
        const push = (events: readonly RoomEvent[]) => {
          const bytes = encoder.encode(encodeMessage(frameOf(events, actor)));
          if (!this.torn) return writeBytes(this.twice ? new Uint8Array([...bytes, ...bytes]) : bytes);
          this.torn = false;
          writeBytes(bytes.slice(0, bytes.length / 2));
          forget();
          controller.close();
        };
        const cut = () => {
          forget();
          controller.error(new Error('cut'));
        };
        const listener = { push, cut };
        forget = () => {
          this.#listeners.delete(listener);
          this.#raw.delete(write);
        };
        signal.addEventListener('abort', cut);
        this.#listeners.add(listener);
        this.#raw.add(write);
        write(encodeMessage({ kind: 'hello', connectionId: 'one', serverNow: this.state.at }));
        const missed = this.log.slice(after);
        if (after > this.log.length || missed.length > this.backlog)
          write(encodeMessage({ kind: 'snapshot', snapshot: this.picture(actor) }));
        else if (missed.length > 0) push(missed);
      },
      cancel: () => forget(),
    });
  }
}

/** What a viewer gets of a contiguous run of events. */
export function frameOf(events: readonly RoomEvent[], viewer: Actor): StreamMessage {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) throw new Error('a frame of nothing');
  const seen = events.filter((event) => visibleEvent(event, viewer));
  return { kind: 'frame', frame: { from: first.seq, to: last.seq, at: last.at, events: seen } };
}
