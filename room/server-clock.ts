const SAMPLES = 8;

/**
 * A clock that is elsewhere, as well as it can be known by what it says. Each word of it was late by its own way here, so the
 * largest difference of the last few is the best one.
 */
export class ServerClock {
  readonly #now: () => number;
  #differences: number[];
  #guessed: boolean;

  /**
   * @param now  a clock of one's own, ms
   * @param said  what the other one said, ms since the epoch
   * @param guessed  it has not spoken yet: `said` is what it would say, about, and counts until it does
   */
  constructor(now: () => number, said: number, guessed = false) {
    this.#now = now;
    this.#differences = [said - now()];
    this.#guessed = guessed;
  }

  /** It has just said `said`, ms since the epoch. */
  note(said: number): void {
    const known = this.#guessed ? [] : this.#differences;
    this.#differences = [...known, said - this.#now()].slice(-SAMPLES);
    this.#guessed = false;
  }

  /** ms since the epoch */
  now(): number {
    return this.#now() + Math.max(...this.#differences);
  }
}
