import { FRESH, follow, type Follower, type PlayerManner, type PlayerAction } from './media-follow';
import type { Playing } from './media';

/** How a simulated player and the machine that it is on behave. Times in ms. */
export type PlayerNature = {
  /** Its sound card's clock against Postgres': parts in a million. */
  skewPpm: number;
  /** What its browser takes the server's time for, beside what it is. */
  clockErrorMs: number;
  startLagMs: number;
  seekMs: number;
  /** Where it lands beside where it was sent. */
  landsBesideMs: number;
  /** A reading is off by up to so much. */
  jitterMs: number;
  /** When it waits for bytes, and for how long, counted from the beginning. */
  stalls: readonly { at: number; ms: number }[];
  /** Where its own copy ends. */
  endMs?: number;
  /** How far it can be played at an instant, while it is still being made. */
  reachMs?: (now: number) => number | null;
};

const STEP_MS = 10;
const LOOK_EVERY_MS = 100;

/** A player that starts late, lands beside, drifts, stalls and says where it is only roughly, followed by `follow`. */
export class SimulatedPlayer {
  positionMs = 0;
  inStep = false;
  waits = false;
  /** When its rate was changed, or it was sent elsewhere. */
  readonly corrections: number[] = [];
  #follower: Follower = FRESH;
  #rate = 1;
  #runsFrom = Number.POSITIVE_INFINITY;
  #readyFrom = 0;
  #looksAt: number;
  readonly #nature: PlayerNature;
  readonly #manner: PlayerManner;
  readonly #noise: () => number;

  /** @param noise  from −1 to 1; @param firstLook  when it is looked at first, ms */
  constructor(nature: PlayerNature, manner: PlayerManner, noise: () => number, firstLook: number) {
    this.#nature = nature;
    this.#manner = manner;
    this.#noise = noise;
    this.#looksAt = firstLook;
  }

  /** Ten milliseconds of its life. */
  step(now: number, playing: Playing): void {
    if (now >= this.#runsFrom && this.#ready(now))
      this.positionMs = Math.min(
        this.positionMs + STEP_MS * this.#rate * (1 + this.#nature.skewPpm / 1e6),
        this.#nature.endMs ?? Number.POSITIVE_INFINITY,
      );
    if (now < this.#looksAt) return;
    this.#looksAt = now + LOOK_EVERY_MS;
    const reading = {
      positionMs: this.positionMs + this.#noise() * this.#nature.jitterMs,
      running: Number.isFinite(this.#runsFrom) && this.positionMs !== this.#nature.endMs,
      ready: this.#ready(now),
      endMs: this.#nature.endMs ?? null,
      reachMs: this.#nature.reachMs?.(now) ?? null,
    };
    const seen = now + this.#nature.clockErrorMs;
    const { follower, actions, inStep, waits } = follow(this.#follower, playing, reading, seen, this.#manner);
    this.#follower = follower;
    this.inStep = inStep;
    this.waits = waits;
    for (const action of actions) this.#do(action, now);
  }

  #ready(now: number): boolean {
    return now >= this.#readyFrom && !this.#nature.stalls.some(({ at, ms }) => now >= at && now < at + ms);
  }

  #do(action: PlayerAction, now: number): void {
    switch (action.kind) {
      case 'seek':
        this.positionMs = Math.max(0, action.positionMs + this.#noise() * this.#nature.landsBesideMs);
        this.#readyFrom = now + this.#nature.seekMs * (1 + this.#noise() / 3);
        this.corrections.push(now);
        return;
      case 'play':
        this.#runsFrom = now + action.inMs + this.#nature.startLagMs * (1 + this.#noise() / 3);
        return;
      case 'pause':
        this.#runsFrom = Number.POSITIVE_INFINITY;
        return;
      case 'rate':
        this.#rate = action.rate;
        this.corrections.push(now);
        return;
      default:
        action satisfies never;
    }
  }
}
