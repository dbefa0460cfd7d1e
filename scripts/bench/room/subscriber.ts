import { get, type IncomingMessage } from 'node:http';
import { decodeMessage, type Frame } from '@/room/frames';

export type Listening = {
  /** Of the stream, without the query. */
  url: string;
  cookie: string;
  /** Hears each frame, parsed. */
  onFrame: (frame: Frame) => void;
};

/**
 * A browser's end of a stream, with as little around it as can be: what it costs is in every delivery that is measured. It
 * reads on from where it stands whenever it is opened again, as the same connection.
 */
export class Subscriber {
  /** The last seq that has come. */
  seq: number;
  readonly #listening: Listening;
  #connectionId: string | null = null;
  #response: IncomingMessage | null = null;
  #over: Promise<void> = Promise.resolve();

  constructor(listening: Listening, after: number) {
    this.#listening = listening;
    this.seq = after;
  }

  /** Settles when the stream that is open now is over. */
  get ended(): Promise<void> {
    return this.#over;
  }

  /** Opens the stream: resolves with `hello`, rejects where there is none. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      const query = new URLSearchParams({ after: String(this.seq) });
      if (this.#connectionId) query.set('connection', this.#connectionId);
      const headers = { cookie: this.#listening.cookie, accept: 'text/event-stream' };
      const request = get(`${this.#listening.url}?${query}`, { headers, agent: false }, (response) => {
        if (response.statusCode !== 200) {
          response.resume();
          reject(new Error(`the stream was refused: ${response.statusCode}`));
          return;
        }
        this.#response = response;
        this.#read(response, resolve);
        // An aborted response says so twice: by 'error' and by 'close'.
        response.on('error', () => undefined);
        this.#over = new Promise((over) => {
          response.once('close', over);
        });
      });
      request.once('error', reject);
    });
  }

  close(): void {
    this.#response?.destroy();
  }

  #read(response: IncomingMessage, greeted: () => void): void {
    let rest = '';
    response.setEncoding('utf8');
    response.on('data', (text: string) => {
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) this.#take(block, greeted);
    });
  }

  #take(block: string, greeted: () => void): void {
    const message = decodeMessage(block);
    if (message?.kind === 'hello') {
      this.#connectionId = message.connectionId;
      greeted();
    } else if (message?.kind === 'snapshot') {
      this.seq = message.snapshot.head.seq;
    } else if (message?.kind === 'frame') {
      this.#listening.onFrame(message.frame);
      // After a gap a browser would open the stream anew; here what is missing counts as lost.
      this.seq = Math.max(this.seq, message.frame.to);
    }
  }
}
