import type { ClosedReason, StreamMessage } from '@/room/frames';
import { backoffMs, Pause } from '@/components/backoff';
import { readStream } from './read-stream';
import type { Transport } from './transport';

/** Pings between two confirmations that this tab is there: half a minute (C6). */
const CONFIRM_EVERY = 3;

export type TailEvents = {
  /** The last seq that is applied: where the stream goes on from. */
  position: () => number;
  /** Takes a message; false: something is missing before it, and the stream must be opened anew. */
  message: (message: StreamMessage) => boolean;
  live: () => void;
  /** The stream is broken, and is being opened again. */
  broken: () => void;
  /** The server has closed it for good. */
  closed: (reason: ClosedReason) => void;
};

/** Keeps a room's stream open: opens it again from the last seq, with growing and spread pauses. */
export class Tail {
  readonly #transport: Pick<Transport, 'openStream' | 'confirm'>;
  readonly #events: TailEvents;
  readonly #random: () => number;
  readonly #pause = new Pause();
  readonly #abort = new AbortController();
  readonly #silenceMs: number | undefined;
  #connectionId: string | null;
  #stream: AbortController | null = null;
  #tries = 0;

  constructor(
    transport: Pick<Transport, 'openStream' | 'confirm'>,
    events: TailEvents,
    {
      random,
      connectionId,
      silenceMs,
    }: { random: () => number; connectionId: string | null; silenceMs?: number },
  ) {
    this.#transport = transport;
    this.#events = events;
    this.#random = random;
    this.#connectionId = connectionId;
    this.#silenceMs = silenceMs;
  }

  get connectionId(): string | null {
    return this.#connectionId;
  }

  /** The network is back: try now. */
  wake(): void {
    this.#pause.wake();
  }

  /** The network is gone: an open stream may not notice for long, so it is let go of. */
  interrupt(): void {
    this.#stream?.abort();
  }

  stop(): void {
    this.#abort.abort();
    this.#pause.end();
  }

  /** Runs until it is stopped or closed for good. */
  async run(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      const reason = await this.#readOnce();
      if (this.#abort.signal.aborted) return;
      if (reason === 'moved') continue;
      if (reason) {
        this.#events.closed(reason);
        return;
      }
      this.#events.broken();
      await this.#pause.wait(backoffMs(this.#tries++, this.#random()));
    }
  }

  /**
   * Opens and reads one stream to its end; gives the reason where it must not be opened again, and `moved` where its process
   * has asked this tab to go to another one.
   */
  async #readOnce(): Promise<ClosedReason | 'moved' | null> {
    // One controller a stream: what is broken must be let go of before the next is opened.
    const stream = new AbortController();
    this.#stream = stream;
    const stop = () => stream.abort();
    let moving: ReturnType<typeof setTimeout> | undefined;
    let moved = false;
    let pings = 0;
    this.#abort.signal.addEventListener('abort', stop);
    try {
      const position = {
        after: this.#events.position(),
        connectionId: this.#connectionId,
        signal: stream.signal,
      };
      const response = await this.#transport.openStream(position);
      if (!response.ok) return await refusalIn(response);
      if (!response.body) return null;
      for await (const message of readStream(response.body, this.#silenceMs)) {
        if (message.kind === 'closed') return message.reason;
        if (message.kind === 'hello') {
          this.#connectionId = message.connectionId;
          this.#tries = 0;
          this.#events.live();
        }
        if (message.kind === 'ping' && (pings += 1) % CONFIRM_EVERY === 0 && this.#connectionId)
          this.#transport.confirm?.(this.#connectionId);
        if (message.kind === 'reconnect') {
          // Each tab at a moment of its own: a class that came back as one would be a burst for the next process.
          moving ??= setTimeout(() => {
            moved = true;
            stream.abort();
          }, this.#random() * message.withinMs);
        }
        if (!this.#events.message(message)) return null;
      }
      return moved ? 'moved' : null;
    } catch {
      // Whatever broke it (network, server, silence), the answer is the same: open it again.
      return moved ? 'moved' : null;
    } finally {
      clearTimeout(moving);
      this.#abort.signal.removeEventListener('abort', stop);
      stream.abort();
    }
  }
}

const CLOSED: Readonly<Record<string, ClosedReason>> = {
  NOT_FOUND: 'not-found',
  UNPAID: 'not-found',
  NOT_SIGNED_IN: 'signed-out',
  REMOVED: 'removed',
  LESSON_ENDED: 'lesson-ended',
};

/** Only a refusal that the room itself has given is final: a proxy's 404 or 502 passes. */
async function refusalIn(response: Response): Promise<ClosedReason | null> {
  if (!response.headers.get('content-type')?.startsWith('application/json')) return null;
  const { code } = (await response.json()) as { code?: string };
  return code ? (CLOSED[code] ?? null) : null;
}
