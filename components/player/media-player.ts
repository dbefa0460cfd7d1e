import type { PlayerAction, PlayerManner, PlayerReading } from '@/room/media-follow';

/** Why something does not play, as a person can act on it. */
export type PlayerProblem =
  | 'unreachable'
  | 'unplayable'
  /** YouTube's: a bad id (2), its player failed (5), gone or private (100), not to be embedded (101, 150), no referrer (153). */
  | 'youtube-bad-id'
  | 'youtube-failed'
  | 'youtube-gone'
  | 'youtube-no-embedding'
  | 'youtube-no-referrer';

export type PlayerSound = { volume: number; muted: boolean };

/** What plays, whatever plays it. It does as it is told, and says how it stands; `follow` decides. */
export type MediaPlayer = {
  readonly manner: PlayerManner;
  read(): PlayerReading;
  do(action: PlayerAction): void;
  /** ms; null while it is not known, or for a broadcast. */
  durationMs(): number | null;
  /** The browser plays it only without sound until somebody presses something. */
  readonly blocked: boolean;
  /** As far as it can tell, it shows something else in its place: an advertisement. */
  readonly showsOther: boolean;
  readonly problem: PlayerProblem | null;
  setSound(sound: PlayerSound): void;
  /** Called when `blocked`, `problem` or the duration may have changed. */
  onChange(listener: () => void): () => void;
  destroy(): void;
};

/** Listeners of a player. */
export class Listeners {
  readonly #listeners = new Set<() => void>();

  add = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  tell = (): void => {
    for (const listener of this.#listeners) listener();
  };
}
