import type { Command, CommandResult, RefusalCode } from '@/room/commands';
import { MAX_BATCH_BYTES, MAX_BATCH_COMMANDS } from '@/room/limits';
import { backoffMs, Pause } from '@/components/backoff';
import { type Transport, TransportError } from './transport';

/** How often a server that answers "I could not" is asked again: about a minute, so that its database may start anew meanwhile. One that does not answer is asked for ever. */
const TRIES_WHEN_FAILING = 12;

type Waiting = { command: Command; bytes: number; settle: (result: CommandResult) => void };

/**
 * Sends commands in the order in which they were given, one request at a time; what comes meanwhile goes with the next one.
 * While the server is away the same commands are sent again with the same ids, which the server carries out once (L1).
 */
export class CommandQueue {
  readonly #transport: Pick<Transport, 'send'>;
  readonly #random: () => number;
  readonly #pause = new Pause();
  #waiting: Waiting[] = [];
  #running = false;
  #closed = false;
  /** Of the first batch, so far: how often there was no answer, and how often the server said that it could not. */
  #tries = 0;
  #failures = 0;

  constructor(transport: Pick<Transport, 'send'>, random: () => number) {
    this.#transport = transport;
    this.#random = random;
  }

  get pending(): number {
    return this.#waiting.length;
  }

  /** What waits for an answer, in order. */
  get commands(): Command[] {
    return this.#waiting.map(({ command }) => command);
  }

  /** Resolves with the server's answer; never rejects. */
  add(command: Command): Promise<CommandResult> {
    return new Promise((settle) => {
      if (this.#closed) {
        settle({ ok: false, id: command.id, code: 'NOT_FOUND' });
        return;
      }
      this.#waiting.push({ command, bytes: bytesOf(command), settle });
      if (!this.#running) void this.#run();
    });
  }

  /** The network is back: try now. */
  wake(): void {
    this.#pause.wake();
  }

  /** Answers all that waits with a refusal, and everything that comes later. */
  close(code: RefusalCode): void {
    this.#closed = true;
    this.#pause.end();
    this.#settle(this.#waiting, (command) => ({ ok: false, id: command.id, code }));
  }

  async #run(): Promise<void> {
    this.#running = true;
    // What is asked in the same turn travels together.
    await Promise.resolve();
    this.#tries = 0;
    this.#failures = 0;
    while (this.#waiting.length > 0 && !this.#closed) {
      const waitMs = await this.#sendBatch(this.#nextBatch());
      if (waitMs === null) {
        this.#tries = 0;
        this.#failures = 0;
      } else {
        this.#tries += 1;
        await this.#pause.wait(waitMs);
      }
    }
    this.#running = false;
  }

  #nextBatch(): Waiting[] {
    const batch: Waiting[] = [];
    let bytes = 0;
    for (const waiting of this.#waiting) {
      bytes += waiting.bytes + 1;
      if (batch.length === MAX_BATCH_COMMANDS || (batch.length > 0 && bytes > MAX_BATCH_BYTES)) break;
      batch.push(waiting);
    }
    return batch;
  }

  /** Gives the ms to wait before the next try; null: the batch was answered. */
  async #sendBatch(batch: readonly Waiting[]): Promise<number | null> {
    try {
      const results = await this.#transport.send(batch.map(({ command }) => command));
      const answers = new Map(results.map((result) => [result.id, result]));
      const slow = results.find((result) => !result.ok && result.code === 'TOO_MANY_REQUESTS');
      const done = batch.filter(({ command }) => {
        const answer = answers.get(command.id);
        return answer !== undefined && (answer.ok || answer.code !== 'TOO_MANY_REQUESTS');
      });
      this.#settle(
        done,
        (command) => answers.get(command.id) ?? { ok: false, id: command.id, code: 'INTERNAL' },
      );
      if (slow && !slow.ok) return slow.retryAfterMs ?? 1000;
      if (done.length < batch.length) throw new TransportError({ kind: 'failed' });
      return null;
    } catch (error) {
      const failure = error instanceof TransportError ? error.failure : ({ kind: 'failed' } as const);
      if (failure.kind === 'refused') return this.#refuse(batch, failure.code);
      if (failure.kind === 'failed') this.#failures += 1;
      if (this.#failures >= TRIES_WHEN_FAILING) return this.#refuse(batch, 'INTERNAL');
      return backoffMs(this.#tries, this.#random());
    }
  }

  #refuse(batch: readonly Waiting[], code: RefusalCode): null {
    this.#settle(batch, (command) => ({ ok: false, id: command.id, code }));
    return null;
  }

  #settle(done: readonly Waiting[], answer: (command: Command) => CommandResult): void {
    const settled = new Set(done);
    this.#waiting = this.#waiting.filter((waiting) => !settled.has(waiting));
    for (const { command, settle } of settled) settle(answer(command));
  }
}

const encoder = new TextEncoder();

function bytesOf(command: Command): number {
  return encoder.encode(JSON.stringify(command)).length;
}
