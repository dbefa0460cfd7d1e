const FIRST_MS = 300;
const LONGEST_MS = 8000;

/** How long to wait before try number `tries` (from 0), in ms: doubled each time, and spread so that a class does not return as one. */
export function backoffMs(tries: number, random: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries, 10)) * (0.5 + random / 2);
}

/** A wait that can be cut short: by `wake`, when the network is back, or for good by `end`. */
export class Pause {
  #wake: (() => void) | null = null;
  #ended = false;

  wait(ms: number): Promise<void> {
    if (this.#ended) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  wake(): void {
    this.#wake?.();
    this.#wake = null;
  }

  end(): void {
    this.#ended = true;
    this.wake();
  }
}
