import type { Playing } from '@/room/media';
import { FRESH, follow, type Follower } from '@/room/media-follow';
import type { MediaPlayer } from './media-player';

const LOOK_EVERY_MS = 100;

/** Whether a player is where everybody is: for the person, and for the teacher's line. */
export type Step = 'in-step' | 'catching-up' | 'advertisement' | 'blocked' | 'failed';
/** The same; `waits`: for what is still being made. */
export type Standing = { step: Step; waits: boolean };

/** Looks at a player again and again, and has it do what brings it into step. */
export class FollowLoop {
  readonly #player: MediaPlayer;
  readonly #serverNow: () => number;
  readonly #onStanding: (standing: Standing) => void;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #unsubscribe: () => void;
  #playing: Playing;
  #follower: Follower = FRESH;

  constructor(
    player: MediaPlayer,
    playing: Playing,
    serverNow: () => number,
    onStanding: (standing: Standing) => void,
  ) {
    this.#player = player;
    this.#playing = playing;
    this.#serverNow = serverNow;
    this.#onStanding = onStanding;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#unsubscribe = player.onChange(() => this.#look());
    this.#look();
  }

  /** What plays has changed: nobody waits for the next look. */
  set playing(playing: Playing) {
    if (playing === this.#playing) return;
    this.#playing = playing;
    this.#look();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#unsubscribe();
  }

  #look(): void {
    const player = this.#player;
    if (player.problem) {
      this.#onStanding({ step: 'failed', waits: false });
      return;
    }
    const { manner } = player;
    const looked = follow(this.#follower, this.#playing, player.read(), this.#serverNow(), manner);
    this.#follower = looked.follower;
    for (const action of looked.actions) player.do(action);
    this.#onStanding({ step: stepOf(player, looked.inStep), waits: looked.waits });
  }
}

function stepOf({ blocked, showsOther }: MediaPlayer, inStep: boolean): Step {
  if (blocked) return 'blocked';
  if (inStep) return 'in-step';
  return showsOther ? 'advertisement' : 'catching-up';
}
