import type Hls from 'hls.js';
import type { PlayerProblem } from './media-player';

const AGAIN = { maxNumRetry: 3, retryDelayMs: 500, maxRetryDelayMs: 2000 };
/** Who waits for bytes that do not come is told so after some seconds; whoever asks anew then begins from a fresh address. */
const SOON = {
  default: {
    maxTimeToFirstByteMs: 8000,
    maxLoadTimeMs: 60_000,
    timeoutRetry: AGAIN,
    errorRetry: AGAIN,
  },
};

/**
 * Brings an HLS playlist into an element, also one that still grows. hls.js does it wherever a script may feed an element, so that what
 * `follow` has to do with is the same everywhere; it is loaded here. Where no script may (iPhones before iOS 17.1), the
 * element reads the playlist by itself.
 */
export class HlsFeed {
  readonly #element: HTMLMediaElement;
  readonly #tell: () => void;
  #hls: Hls | null = null;
  #destroyed = false;
  #recovered = false;
  problem: PlayerProblem | null = null;
  /** How far it can be played while it grows, ms; null: it does not, or it is not known yet. */
  reachMs: number | null = null;
  /** It has been read, and says itself how long it is. */
  read = false;

  /** @param tell  called when something of the above has changed */
  constructor(element: HTMLMediaElement, url: string, tell: () => void) {
    this.#element = element;
    this.#tell = tell;
    this.#begin(url).catch(() => this.#fail('unreachable'));
  }

  destroy(): void {
    this.#destroyed = true;
    this.#hls?.destroy();
  }

  async #begin(url: string): Promise<void> {
    const { default: Library } = await import('hls.js');
    if (this.#destroyed) return;
    if (!Library.isSupported()) {
      this.#element.src = url;
      this.read = true;
      return;
    }
    // A playlist that grows is "live" for hls.js, which would begin at its end and hurry after it.
    const hls = new Library({
      startPosition: 0,
      maxLiveSyncPlaybackRate: 1,
      enableWorker: false,
      // What has been seen is fetched again when somebody goes back: twelve hours do not fit into a tab.
      backBufferLength: 120,
      manifestLoadPolicy: SOON,
      playlistLoadPolicy: SOON,
      fragLoadPolicy: SOON,
    });
    this.#hls = hls;
    const { Events, ErrorTypes } = Library;
    hls.on(Events.LEVEL_UPDATED, (_event, { details }) => {
      this.reachMs = details.live ? details.edge * 1000 : null;
      this.read = true;
      this.#tell();
    });
    hls.on(Events.ERROR, (_event, { fatal, type }) => {
      if (!fatal) return;
      if (type === ErrorTypes.NETWORK_ERROR) this.#fail('unreachable');
      else if (type === ErrorTypes.MEDIA_ERROR && !this.#recovered) {
        this.#recovered = true;
        hls.recoverMediaError();
      } else this.#fail('unplayable');
    });
    hls.loadSource(url);
    hls.attachMedia(this.#element);
  }

  #fail(problem: PlayerProblem): void {
    this.problem = problem;
    this.#hls?.stopLoad();
    this.#tell();
  }
}
