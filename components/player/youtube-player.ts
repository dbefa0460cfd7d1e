import { type PlayerAction, type PlayerReading, YOUTUBE } from '@/room/media-follow';
import { AdvertisementSense } from './advertisement';
import { Listeners, type MediaPlayer, type PlayerProblem, type PlayerSound } from './media-player';
import { loadYouTube, STATE, type YouTubePlayer } from './youtube-api';

const PROBLEMS: Readonly<Record<number, PlayerProblem>> = {
  2: 'youtube-bad-id',
  5: 'youtube-failed',
  100: 'youtube-gone',
  101: 'youtube-no-embedding',
  150: 'youtube-no-embedding',
  153: 'youtube-no-referrer',
};
const NOT_THERE: PlayerReading = { positionMs: 0, running: false, ready: false, endMs: null, reachMs: null };

/** YouTube's player, in a frame of theirs, with their controls off: the room has its own. */
export class YouTubeMediaPlayer implements MediaPlayer {
  readonly manner = YOUTUBE;
  readonly #listeners = new Listeners();
  readonly onChange = this.#listeners.add;
  #player: YouTubePlayer | null = null;
  #there = false;
  #destroyed = false;
  #running = false;
  #blocked = false;
  #problem: PlayerProblem | null = null;
  #sound: PlayerSound = { volume: 1, muted: false };
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** It cannot stand anywhere before it has begun: where it will begin. */
  #startsAtMs = 0;
  #rate = 1;
  /** When it was told to play, on this tab's monotonic clock, ms; null: it was told to stop. */
  #toldAt: number | null = null;
  #advertisement = false;
  readonly #sense = new AdvertisementSense();

  /** @param place  an element that YouTube's frame takes the place of */
  constructor(place: HTMLElement, videoId: string) {
    this.#begin(place, videoId).catch(() => {
      this.#problem = 'unreachable';
      this.#listeners.tell();
    });
  }

  get blocked(): boolean {
    return this.#blocked;
  }

  get problem(): PlayerProblem | null {
    return this.#problem;
  }

  get showsOther(): boolean {
    return this.#advertisement;
  }

  read(): PlayerReading {
    const player = this.#player;
    if (!player || !this.#there) return NOT_THERE;
    const state = player.getPlayerState();
    const seconds = player.getCurrentTime();
    const durationSeconds = player.getDuration();
    const look = { state, seconds, durationSeconds, toldAt: this.#toldAt };
    this.#advertisement = this.#sense.look(performance.now(), look);
    const begun = state !== STATE.unstarted && state !== STATE.cued;
    return {
      positionMs: begun ? seconds * 1000 : this.#startsAtMs,
      running: this.#running && state !== STATE.ended,
      // While an advertisement runs, it goes nowhere.
      ready: state !== STATE.buffering && (begun || !this.#running) && !this.#advertisement,
      endMs: null,
      reachMs: null,
    };
  }

  do(action: PlayerAction): void {
    switch (action.kind) {
      case 'play':
        this.#running = true;
        this.#toldAt = performance.now() + action.inMs;
        this.#timer = setTimeout(() => this.#player?.playVideo(), action.inMs);
        return;
      case 'pause':
        this.#running = false;
        this.#toldAt = null;
        clearTimeout(this.#timer);
        this.#player?.pauseVideo();
        return;
      case 'seek':
        this.#startsAtMs = action.positionMs;
        if (this.#there) this.#player?.seekTo(action.positionMs / 1000, true);
        return;
      case 'rate':
        this.#rate = action.rate;
        if (this.#there) this.#player?.setPlaybackRate(action.rate);
        return;
      default:
        action satisfies never;
    }
  }

  durationMs(): number | null {
    // An advertisement's length is not the video's.
    const seconds = this.#there && !this.#advertisement ? (this.#player?.getDuration() ?? 0) : 0;
    return seconds > 0 ? seconds * 1000 : null;
  }

  setSound(sound: PlayerSound): void {
    this.#sound = sound;
    if (!sound.muted) this.#blocked = false;
    this.#sendSound();
    this.#listeners.tell();
  }

  destroy(): void {
    this.#destroyed = true;
    clearTimeout(this.#timer);
    this.#player?.destroy();
  }

  #sendSound(): void {
    const player = this.#player;
    if (!player || !this.#there) return;
    player.setVolume(Math.round(this.#sound.volume * 100));
    if (this.#sound.muted || this.#blocked) player.mute();
    else player.unMute();
  }

  async #begin(place: HTMLElement, videoId: string): Promise<void> {
    const { Player } = await loadYouTube();
    if (this.#destroyed) return;
    this.#player = new Player(place, {
      host: 'https://www.youtube-nocookie.com',
      videoId,
      width: '100%',
      height: '100%',
      playerVars: {
        autoplay: 0,
        controls: 0,
        disablekb: 1,
        fs: 0,
        playsinline: 1,
        rel: 0,
        origin: window.location.origin,
      },
      events: {
        onReady: () => {
          this.#there = true;
          this.#sendSound();
          this.#player?.setPlaybackRate(this.#rate);
          if (this.#startsAtMs > 0) this.#player?.seekTo(this.#startsAtMs / 1000, true);
          this.#listeners.tell();
        },
        onStateChange: this.#listeners.tell,
        onError: ({ data }) => {
          this.#problem = PROBLEMS[data] ?? 'youtube-failed';
          this.#listeners.tell();
        },
        onAutoplayBlocked: () => {
          this.#blocked = true;
          this.#sendSound();
          if (this.#running) this.#player?.playVideo();
          this.#listeners.tell();
        },
      },
    });
  }
}
