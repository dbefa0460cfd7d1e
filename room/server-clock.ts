const SAMPLES = 8;

/**
 * A clock that is elsewhere, as well as it can be known by what it says. Each word of it was late by its own way here, so the
 * largest difference of the last few is the best one.
 */
export class ServerClock {
  readonly #now: () => number;
  #differences: number[];
  /** It has not spoken yet: the first difference is a guess. */
  #guessed: boolean;

  /**
   * @param now  a clock of one's own, ms
   * @param said  what the other one said, ms since the epoch; null: nothing yet
   * @param guess  what it would say, about
   */
  constructor(now: () => number, said: number | null, guess: () => number = now) {
    this.#now = now;
    this.#guessed = said === null;
    this.#differences = [(said ?? guess()) - now()];
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
