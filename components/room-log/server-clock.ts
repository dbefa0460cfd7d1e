const SAMPLES = 8;

/**
 * Server time as well as a browser can know it. Each message that says the time was late by its own way here, so the
 * largest difference of the last few is the best one.
 */
export class ServerClock {
  readonly #now: () => number;
  #differences: number[];

  /** @param now  this machine's clock, ms since the epoch */
  constructor(now: () => number, serverNow: number) {
    this.#now = now;
    this.#differences = [serverNow - now()];
  }

  note(serverNow: number): void {
    this.#differences = [...this.#differences, serverNow - this.#now()].slice(-SAMPLES);
  }

  /** ms since the epoch */
  now(): number {
    return this.#now() + Math.max(...this.#differences);
  }
}
