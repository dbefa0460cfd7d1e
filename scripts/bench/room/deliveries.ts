import type { Frame } from '@/room/frames';
import { percentile } from '../statistics';

export type Percentiles = { p50: number; p95: number; p99: number };

/** p50, p95 and p99 (nearest rank), in the unit of the values. */
export function percentiles(values: readonly number[]): Percentiles {
  return { p50: percentile(values, 0.5), p95: percentile(values, 0.95), p99: percentile(values, 0.99) };
}

type Sent = { index: number; at: number; acknowledged: boolean };

/** What was sent, what was acknowledged, and what each subscriber had of it and when. Times in ms. */
export class Deliveries {
  readonly acks: number[] = [];
  readonly latencies: number[] = [];
  duplicated = 0;
  readonly #subscribers: number;
  readonly #sent = new Map<string, Sent>();
  /** For each command, one byte for each subscriber: whether they have it. */
  readonly #got: Uint8Array[] = [];
  #missing = 0;
  #noneMissing: (() => void) | null = null;

  constructor(subscribers: number) {
    this.#subscribers = subscribers;
  }

  send(commandId: string, at: number): void {
    this.#sent.set(commandId, { index: this.#got.length, at, acknowledged: false });
    this.#got.push(new Uint8Array(this.#subscribers));
    this.#missing += this.#subscribers;
  }

  acknowledge(commandId: string, at: number): void {
    const sent = this.#sent.get(commandId);
    if (!sent) throw new Error(`an answer to what was not sent: ${commandId}`);
    sent.acknowledged = true;
    this.acks.push(at - sent.at);
  }

  take(subscriber: number, frame: Frame, at: number): void {
    for (const { commandId } of frame.events) {
      const sent = commandId ? this.#sent.get(commandId) : undefined;
      const got = sent && this.#got[sent.index];
      if (!got) continue;
      if (got[subscriber]) {
        this.duplicated += 1;
        continue;
      }
      got[subscriber] = 1;
      this.latencies.push(at - sent.at);
      this.#missing -= 1;
      if (this.#missing === 0) this.#noneMissing?.();
    }
  }

  /** Acknowledged, and not delivered: counted by command and subscriber. */
  get lost(): number {
    const acknowledged = [...this.#sent.values()].filter((sent) => sent.acknowledged);
    return acknowledged.reduce(
      (sum, { index }) => sum + (this.#got[index]?.reduce((missing, got) => missing + 1 - got, 0) ?? 0),
      0,
    );
  }

  /** Resolves when everybody has everything, at the latest after `ms`. */
  async settle(ms: number): Promise<void> {
    if (this.#missing === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#noneMissing = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
