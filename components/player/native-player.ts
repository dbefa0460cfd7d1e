import { NATIVE, type PlayerAction, type PlayerReading } from '@/room/media-follow';
import { HlsFeed } from './hls-feed';
import { Listeners, type MediaPlayer, type PlayerProblem, type PlayerSound } from './media-player';

const CHANGES = ['durationchange', 'loadedmetadata', 'waiting', 'playing', 'canplay', 'seeked'] as const;

/** Where something is found: one file, or an HLS playlist. */
export type MediaAddress = { url: string; delivery: 'file' | 'hls' };

/** The browser's own player, in an element that is on the page. */
export class NativePlayer implements MediaPlayer {
  readonly manner = NATIVE;
  readonly #element: HTMLMediaElement;
  readonly #listeners = new Listeners();
  readonly onChange = this.#listeners.add;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wanted: PlayerSound = { volume: 1, muted: false };
  #running = false;
  #blocked = false;
  /** Why the element gave up, once that is known. */
  #why: PlayerProblem | null = null;
  readonly showsOther = false;
  readonly #feed: HlsFeed | null;

  constructor(element: HTMLMediaElement, { url, delivery }: MediaAddress) {
    this.#element = element;
    this.#feed = delivery === 'hls' ? new HlsFeed(element, url, this.#listeners.tell) : null;
    if (!this.#feed) element.src = url;
    for (const name of CHANGES) element.addEventListener(name, this.#listeners.tell);
    element.addEventListener('error', this.#onError);
  }

  get blocked(): boolean {
    return this.#blocked;
  }

  get problem(): PlayerProblem | null {
    return this.#feed?.problem ?? this.#why;
  }

  read(): PlayerReading {
    const { currentTime, seeking, readyState, ended } = this.#element;
    return {
      positionMs: currentTime * 1000,
      running: this.#running && !ended,
      ready: !seeking && readyState >= HTMLMediaElement.HAVE_FUTURE_DATA,
      endMs: this.#endMs(),
      reachMs: this.#feed?.reachMs ?? null,
    };
  }

  do(action: PlayerAction): void {
    switch (action.kind) {
      case 'play':
        this.#running = true;
        this.#timer = setTimeout(() => void this.#play(), action.inMs);
        return;
      case 'pause':
        this.#running = false;
        clearTimeout(this.#timer);
        this.#element.pause();
        return;
      case 'seek':
        this.#element.currentTime = action.positionMs / 1000;
        return;
      case 'rate':
        this.#element.defaultPlaybackRate = action.rate;
        this.#element.playbackRate = action.rate;
        return;
      default:
        action satisfies never;
    }
  }

  durationMs(): number | null {
    return this.#endMs() || null;
  }

  /** Zero for a file that has a beginning and nothing else. */
  #endMs(): number | null {
    // What still grows ends further on.
    if (this.#feed && (!this.#feed.read || this.#feed.reachMs !== null)) return null;
    const { duration } = this.#element;
    return Number.isFinite(duration) ? duration * 1000 : null;
  }

  setSound(sound: PlayerSound): void {
    this.#wanted = sound;
    this.#element.volume = sound.volume;
    this.#element.muted = sound.muted;
    if (!sound.muted) this.#blocked = false;
    this.#listeners.tell();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#feed?.destroy();
    this.#element.removeEventListener('error', this.#onError);
    for (const name of CHANGES) this.#element.removeEventListener(name, this.#listeners.tell);
    this.#element.pause();
  }

  readonly #onError = (): void => {
    void this.#ask().then((why) => {
      this.#why = why;
      this.#listeners.tell();
    });
  };

  /** An element says the same of something that nobody sends and of something that it does not know: so it is asked for. */
  async #ask(): Promise<PlayerProblem> {
    const { error, src, crossOrigin } = this.#element;
    if (error?.code === MediaError.MEDIA_ERR_NETWORK) return 'unreachable';
    try {
      // Of somebody else's server no more is heard than that it answers.
      const how: RequestInit =
        crossOrigin === null ? { method: 'HEAD', mode: 'no-cors' } : { headers: { range: 'bytes=0-0' } };
      const { ok, type } = await fetch(src, { ...how, signal: AbortSignal.timeout(5000) });
      return ok || type === 'opaque' ? 'unplayable' : 'unreachable';
    } catch {
      return 'unreachable';
    }
  }

  /** What may not be heard yet is seen at least. */
  async #play(): Promise<void> {
    const element = this.#element;
    try {
      await element.play();
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError' || element.muted) {
        // It was paused again before it began, or `problem` says what is wrong with it.
        if (!(error instanceof DOMException)) throw error;
        this.#running = !element.paused;
        return;
      }
      this.#blocked = !this.#wanted.muted;
      element.muted = true;
      this.#listeners.tell();
      await this.#play();
    }
  }
}
