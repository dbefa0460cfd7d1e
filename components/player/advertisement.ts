import { STATE } from './youtube-api';

/** What YouTube's player says of itself at one look. */
export type YouTubeLook = {
  state: number;
  seconds: number;
  /** 0: not known yet. */
  durationSeconds: number;
  /** When it was told to play, ms; null: it was not. */
  toldAt: number | null;
};

/** A video that is only slow has begun to wait for bytes by then, and says so. ms */
const UNSTARTED_FOR_MS = 2000;
/** Less than a player may be behind before it is sent elsewhere, which would disturb the advertisement. ms */
const STANDS_FOR_MS = 1000;
const SHORTER_BY_SECONDS = 1;

/**
 * Guesses whether an advertisement runs in a video's place. YouTube's documented interface has no word for it, so what is documented is
 * read for what cannot be otherwise: it was told to play and stays, or falls back to, "unstarted"; it says that it plays while its time
 * stands; or what it plays is suddenly shorter than the video. An advertisement before the video that counts a time of its own cannot
 * be told from the video.
 */
export class AdvertisementSense {
  #stands = { seconds: Number.NaN, since: 0 };
  #longest = 0;

  /** @param now  a monotonic clock, ms */
  look(now: number, { state, seconds, durationSeconds, toldAt }: YouTubeLook): boolean {
    if (state !== STATE.playing || seconds !== this.#stands.seconds) this.#stands = { seconds, since: now };
    this.#longest = Math.max(this.#longest, durationSeconds);
    if (toldAt === null) return false;
    if (state === STATE.unstarted) return now - toldAt >= UNSTARTED_FOR_MS;
    if (state !== STATE.playing) return false;
    const shorter = durationSeconds > 0 && durationSeconds < this.#longest - SHORTER_BY_SECONDS;
    return shorter || now - this.#stands.since >= STANDS_FOR_MS;
  }
}
