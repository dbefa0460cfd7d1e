const SAMPLES = 8;
const BETWEEN_FIRST_MS = 150;
const THEN_EVERY_MS = 60_000;

type Sample = { offsetMs: number; delayMs: number };

/**
 * Server time to within a few milliseconds: asked for eight times at first and then once a minute. The quickest answer of the
 * last eight counts, since it can be off by no more than half of its way there and back. It rests on the browser's
 * monotonic clock: what the calendar of the machine says does not matter.
 */
export class ServerTime {
  readonly #ask: () => Promise<number>;
  readonly #now: () => number;
  #samples: readonly Sample[] = [];
  #asked = 0;
  readonly #fallback: () => number;

  /**
   * @param ask  server time, ms since the epoch
   * @param fallback  server time as it is known without asking
   * @param now  a monotonic clock, ms
   */
  constructor(ask: () => Promise<number>, fallback: () => number, now = () => performance.now()) {
    this.#ask = ask;
    this.#now = now;
    this.#fallback = fallback;
  }

  /** Begins to ask, or goes on; the function that it gives ends that. */
  start(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const next = async () => {
      await this.sample();
      if (!over)
        timer = setTimeout(() => void next(), this.#asked < SAMPLES ? BETWEEN_FIRST_MS : THEN_EVERY_MS);
    };
    void next();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }

  /** Asks once. An answer that does not come is no sample. */
  async sample(): Promise<void> {
    this.#asked += 1;
    const sent = this.#now();
    const serverNow = await this.#ask().catch(() => null);
    if (serverNow === null) return;
    const delayMs = this.#now() - sent;
    const sample = { offsetMs: serverNow - (sent + delayMs / 2), delayMs };
    this.#samples = [...this.#samples, sample].slice(-SAMPLES);
  }

  /** ms since the epoch */
  now(): number {
    const [first, ...rest] = this.#samples;
    if (!first) return this.#fallback();
    const best = rest.reduce((a, b) => (b.delayMs < a.delayMs ? b : a), first);
    return this.#now() + best.offsetMs;
  }
}
