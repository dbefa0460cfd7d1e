import { MEDIA_LEAD_MS } from './limits';

/** Where something that plays comes from: the library, YouTube (its 11-character id), or an address that any browser can play. */
export type MediaSource =
  | { kind: 'file'; documentId: string }
  | { kind: 'youtube'; videoId: string }
  | { kind: 'link'; url: string };

/** Something that plays or waits for its turn. `id` is the browser's, so that the same thing may be queued twice. */
export type MediaItem = {
  id: string;
  source: MediaSource;
  title: string;
  /** Where it begins when its turn comes, ms; absent: at its beginning. */
  startMs?: number;
};

/**
 * What plays for everyone, and where it stands: at `anchorMs` (ms since the epoch, server time) at `positionMs`, from then on
 * at `rate`. While it plays nothing is sent: every browser computes the moment by itself.
 */
export type Playing = MediaItem & {
  /** Counts what was loaded in this room: a command for an earlier one is stale. */
  generation: number;
  positionMs: number;
  /** 0.25 to 2. */
  rate: number;
  paused: boolean;
  anchorMs: number;
  /** As a presenter's player found it; null: not known yet, or a broadcast. */
  durationMs: number | null;
};

export type RoomMedia = { playing: Playing | null; queue: readonly MediaItem[]; generation: number };

export const NO_MEDIA: RoomMedia = { playing: null, queue: [], generation: 0 };

/** Where it stands at an instant, in ms of the media: never before its beginning or beyond its end. */
export function positionAt(playing: Playing, serverNow: number): number {
  const { positionMs, rate, paused, anchorMs, durationMs } = playing;
  const position = paused ? positionMs : positionMs + Math.max(0, serverNow - anchorMs) * rate;
  return Math.min(Math.max(0, position), durationMs ?? Number.MAX_SAFE_INTEGER);
}

/** When it will have come to its end, ms since the epoch, server time; null while nobody can say, or it is paused. */
export function endsAt(playing: Playing): number | null {
  const { positionMs, rate, paused, anchorMs, durationMs } = playing;
  if (paused || durationMs === null) return null;
  return anchorMs + Math.max(0, durationMs - positionMs) / rate;
}

/** What a presenter changes of what plays; null leaves it as it is. */
export type MediaChange = { positionMs: number | null; rate: number | null; paused: boolean | null };

/**
 * What plays after a change at `at`. Who starts or jumps gets a little time (`MEDIA_LEAD_MS`), so that everybody's player is at the
 * place when the moment comes.
 */
export function changeAt(playing: Playing, at: number, change: MediaChange): Playing {
  const paused = change.paused ?? playing.paused;
  const moves = change.positionMs !== null || (playing.paused && !paused);
  const positionMs = change.positionMs ?? positionAt(playing, at);
  return {
    ...playing,
    positionMs: Math.min(Math.max(0, positionMs), playing.durationMs ?? Number.MAX_SAFE_INTEGER),
    rate: change.rate ?? playing.rate,
    paused,
    anchorMs: anchorOf(playing, at, { paused, moves }),
  };
}

function anchorOf(
  playing: Playing,
  at: number,
  { paused, moves }: { paused: boolean; moves: boolean },
): number {
  if (paused) return at;
  return moves ? at + MEDIA_LEAD_MS : Math.max(at, playing.anchorMs);
}

/** Files of the library that play or wait to. */
export function filesOf({ playing, queue }: RoomMedia): string[] {
  return [...(playing ? [playing] : []), ...queue].flatMap(({ source }) =>
    source.kind === 'file' ? [source.documentId] : [],
  );
}
