import { type Playing, positionAt } from './media';

/** What a player says of itself at one instant. */
export type PlayerReading = {
  /** ms of the media. */
  positionMs: number;
  /** It was told to play, and has not been told to stop since or come to its end. */
  running: boolean;
  /** It has what it needs to go on now: it neither seeks nor waits for bytes, nor shows something else. */
  ready: boolean;
  /** Where what it has ends, ms; null: it does not know. A file that was cut off ends before the room thinks so. */
  endMs: number | null;
  /** How far it can be played while the rest is still being made, ms; null: wholly. */
  reachMs: number | null;
};

/** How a player may be brought into step. */
export type PlayerManner = {
  /** Whether its rate can be changed a little without anybody noticing. */
  nudges: boolean;
  /** Beyond this it jumps, ms. */
  jumpBeyondMs: number;
};

export const NATIVE: PlayerManner = { nudges: true, jumpBeyondMs: 400 };
/** YouTube's own rates are too coarse to nudge with, and each jump shows. */
export const YOUTUBE: PlayerManner = { nudges: false, jumpBeyondMs: 1500 };

export type PlayerAction =
  | { kind: 'seek'; positionMs: number }
  /** Runs, `inMs` from now. */
  | { kind: 'play'; inMs: number }
  | { kind: 'pause' }
  | { kind: 'rate'; rate: number };

/** What is known of a player that follows. Each state holds what it needs, and what was learned of the player goes along. */
export type Follower = { learned: Learned } & (
  | { mode: 'still' }
  /** On its way to a place, or there, for the moment at which it is everybody's: `startAt`, server ms. Sent there at `sentAt`. */
  | { mode: 'arriving'; positionMs: number; startAt: number; sentAt: number | null }
  | { mode: 'moving'; since: number; drifts: readonly number[]; nudge: number }
);

type Learned = {
  generation: number;
  rate: number;
  /** What the room last said of where it stands. */
  said: { positionMs: number; anchorMs: number } | null;
  /** From being told to run until it runs, ms. */
  startLagMs: number;
  /** How long it takes to be ready at another place, ms. */
  arrivalMs: number;
  /** It has been ready once. */
  loaded: boolean;
};

export const FRESH: Follower = {
  mode: 'still',
  learned: { generation: 0, rate: 1, said: null, startLagMs: 20, arrivalMs: 400, loaded: false },
};

/**
 * A nudge begins beyond so much, in ms, by the median of so many readings, and changes the rate by a part of it, so that the drift is
 * made up within `withinMs`, or by `most`.
 */
const NUDGE = { beginsMs: 40, readings: 5, withinMs: 800, most: 0.05 };
/**
 * Right after a start it begins sooner and may do more: nobody hears one correction there, and a player that is close then needs
 * none for minutes (a clock that is off by 200 ppm takes three to go astray by 40 ms).
 */
const EARLY_NUDGE = { forMs: 3000, beginsMs: 15, readings: 3, withinMs: 600, most: 0.1 };
/** Readings say where a player stood so long ago: a nudge ends when what is left was made up since. ms */
const SEEN_LATE_MS = 160;
/** Where the room stands is said anew with each change, a moment later than it was meant. ms */
const LEAP_MS = 400;
/** Paused, a player stands where the others do, give or take half a frame. ms */
const STANDS_WITHIN_MS = 20;
/** So much too late a start may still be. ms */
const LATE_BY_MS = 40;
/** A player that does not get ready is given half as much time again, up to this; and one that does, no less than that. ms */
const LONGEST_ARRIVAL_MS = 8000;
const QUICKEST_ARRIVAL_MS = 200;
const PATIENCE_MS = 4000;
/** So much must have been made beyond where everybody is, or it would stop again at once. ms */
const BEYOND_REACH_MS = 2000;
/** A jump is not judged before it has come to rest. ms */
const COOL_DOWN_MS = 600;

export type Followed = {
  follower: Follower;
  actions: readonly PlayerAction[];
  inStep: boolean;
  /** Where everybody is has not been made yet: it stands, and goes there by itself. */
  waits: boolean;
};
type Looked = Omit<Followed, 'waits'>;

/** All that one look depends on besides the follower, and what comes of it for the player. */
type Scene = {
  playing: Playing;
  reading: PlayerReading;
  now: number;
  manner: PlayerManner;
  actions: PlayerAction[];
};

/**
 * One look at a player that is to follow what plays: what it is to do, and whether it is in step. Pure; to be asked again
 * about ten times a second, and whenever something has changed.
 * @param now  server time, ms since the epoch
 */
export function follow(
  follower: Follower,
  room: Playing,
  reading: PlayerReading,
  now: number,
  manner: PlayerManner,
): Followed {
  const playing = asFarAs(room, reading.endMs);
  const actions: PlayerAction[] = [];
  const begun = begin(follower, playing, now, actions);
  if (isBeyondReach(playing, reading, now)) {
    if (reading.running) actions.push({ kind: 'pause' });
    return { follower: { mode: 'still', learned: begun.learned }, actions, inStep: false, waits: true };
  }
  return { ...look(begun, { playing, reading, now, manner, actions }), waits: false };
}

/** The same, ending where this player's media ends. */
function asFarAs(playing: Playing, endMs: number | null): Playing {
  if (endMs === null || endMs >= (playing.durationMs ?? Number.POSITIVE_INFINITY)) return playing;
  return { ...playing, durationMs: endMs, positionMs: Math.min(playing.positionMs, endMs) };
}

function isBeyondReach(playing: Playing, { reachMs, running }: PlayerReading, now: number): boolean {
  if (reachMs === null) return false;
  const spare = running || playing.paused ? 0 : BEYOND_REACH_MS;
  return positionAt(playing, now) + spare > reachMs;
}

function look(begun: Follower, scene: Scene): Looked {
  const { playing, reading, now, actions } = scene;
  if (playing.paused) return stand(begun.learned, scene);
  if (isOver(playing, now)) return { follower: begun, actions, inStep: true };
  if (begun.mode === 'arriving') return arrive(begun, scene);
  if (begun.mode === 'still' || !reading.running) return setOut(begun.learned, scene);
  return move(begun, scene);
}

/** Another media, rate or place: what was learned of jumps and starts stays. */
function begin(follower: Follower, playing: Playing, now: number, actions: PlayerAction[]): Follower {
  const { generation, rate, positionMs, anchorMs } = playing;
  const { learned } = follower;
  const { said } = learned;
  const another = learned.generation !== generation;
  const loaded = learned.loaded && !another;
  const known = { ...learned, generation, rate, loaded, said: { positionMs, anchorMs } };
  if (another || learned.rate !== rate) actions.push({ kind: 'rate', rate });
  // It was said, so it need not be found out by looking: who jumps with the others is with them sooner.
  if (another || (said && leaps({ ...said, rate: learned.rate }, playing, now)))
    return { mode: 'still', learned: known };
  if (learned.rate === rate) return { ...follower, learned: known };
  return follower.mode === 'moving'
    ? { ...follower, learned: known, since: now, drifts: [], nudge: 0 }
    : { ...follower, learned: known };
}

/** Whether the room stands elsewhere than it would by what it had said before. */
function leaps(
  said: { positionMs: number; anchorMs: number; rate: number },
  playing: Playing,
  now: number,
): boolean {
  if (said.positionMs === playing.positionMs && said.anchorMs === playing.anchorMs) return false;
  const at = Math.max(now, playing.anchorMs);
  const before = positionAt({ ...playing, ...said }, at);
  return Math.abs(positionAt(playing, at) - before) > LEAP_MS * playing.rate;
}

function isOver({ durationMs, positionMs, anchorMs, rate }: Playing, now: number): boolean {
  return durationMs !== null && positionMs + Math.max(0, now - anchorMs) * rate >= durationMs;
}

/** Paused for everyone. */
function stand(learned: Learned, { playing, reading, actions }: Scene): Looked {
  if (reading.running) actions.push({ kind: 'pause' });
  const away = Math.abs(reading.positionMs - playing.positionMs) > STANDS_WITHIN_MS;
  if (away && reading.ready) actions.push({ kind: 'seek', positionMs: playing.positionMs });
  return { follower: { mode: 'still', learned }, actions, inStep: !away };
}

/** Goes to where everybody will be when it can be there too, and waits. */
function setOut(learned: Learned, { playing, reading, now, actions }: Scene): Looked {
  if (reading.running) actions.push({ kind: 'pause' });
  const near = Math.abs(reading.positionMs - playing.positionMs) <= STANDS_WITHIN_MS;
  // Who stands at the place from which all start only waits for the moment.
  if (near && reading.ready && !reading.running && now < playing.anchorMs) {
    const { positionMs } = playing;
    return {
      follower: { mode: 'arriving', positionMs, startAt: playing.anchorMs, sentAt: null, learned },
      actions,
      inStep: true,
    };
  }
  const startAt = Math.max(playing.anchorMs, now + learned.arrivalMs);
  const positionMs = positionAt(playing, startAt);
  actions.push({ kind: 'seek', positionMs });
  return {
    follower: { mode: 'arriving', positionMs, startAt, sentAt: now, learned },
    actions,
    inStep: false,
  };
}

function arrive(follower: Extract<Follower, { mode: 'arriving' }>, scene: Scene): Looked {
  const { playing, reading, now, actions } = scene;
  const { startAt, positionMs, sentAt } = follower;
  const there = reading.ready && sentAt !== null && now > sentAt;
  const learned = there ? learnArrival(follower.learned, now - sentAt) : follower.learned;
  const elsewhere = Math.abs(positionAt(playing, startAt) - positionMs) > STANDS_WITHIN_MS;
  if (elsewhere) return setOut(learned, scene);
  const runsAt = startAt - learned.startLagMs;
  if (reading.ready && runsAt - now <= 150) {
    const inMs = runsAt - now;
    // It got ready too late: what it has missed by now is too much to make up quietly.
    if (inMs < -LATE_BY_MS) return setOut(learned, scene);
    actions.push({ kind: 'play', inMs: Math.max(0, inMs) });
    return {
      follower: { mode: 'moving', since: startAt, drifts: [], nudge: 0, learned },
      actions,
      inStep: true,
    };
  }
  // Being sent elsewhere would have it begin to fetch anew: it is waited for, unless nothing seems to come.
  if (!reading.ready && now > runsAt + follower.learned.arrivalMs + PATIENCE_MS)
    return setOut(patient(follower.learned), scene);
  const waiting = there ? { ...follower, sentAt: null, learned } : follower;
  return { follower: waiting, actions, inStep: false };
}

/**
 * It was ready so long after it was sent: the next time it gets half as much again, and no more. The first time it had to load
 * as well, which says little of jumps.
 */
function learnArrival(learned: Learned, tookMs: number): Learned {
  const most = learned.loaded ? LONGEST_ARRIVAL_MS : learned.arrivalMs * 1.5;
  const arrivalMs = Math.min(Math.max(tookMs * 1.5, QUICKEST_ARRIVAL_MS), most);
  return { ...learned, arrivalMs, loaded: true };
}

function patient(learned: Learned): Learned {
  return { ...learned, arrivalMs: Math.min(learned.arrivalMs * 1.5, LONGEST_ARRIVAL_MS) };
}

function move(follower: Extract<Follower, { mode: 'moving' }>, scene: Scene): Looked {
  const { playing, reading, now, manner, actions } = scene;
  if (!reading.ready) return { follower: { ...follower, drifts: [] }, actions, inStep: false };
  if (now < follower.since) return { follower, actions, inStep: true };
  const early = now < follower.since + EARLY_NUDGE.forMs;
  const enough = early ? EARLY_NUDGE.readings : NUDGE.readings;
  const drifts = [...follower.drifts, reading.positionMs - positionAt(playing, now)].slice(-NUDGE.readings);
  const drift = median(drifts.slice(-enough));
  const settled = now >= follower.since + COOL_DOWN_MS;
  if (drifts.length < enough && Math.abs(drift) <= manner.jumpBeyondMs)
    return { follower: { ...follower, drifts }, actions, inStep: true };
  if (Math.abs(drift) > manner.jumpBeyondMs) {
    if (!settled) return { follower: { ...follower, drifts }, actions, inStep: false };
    return setOut(follower.learned, scene);
  }
  const learned =
    follower.drifts.length < enough ? learn(follower.learned, drift, playing) : follower.learned;
  const nudge = manner.nudges ? nudgeFor(drift, follower.nudge, early) : 0;
  if (nudge !== follower.nudge) actions.push({ kind: 'rate', rate: playing.rate * (1 + nudge) });
  return { follower: { ...follower, learned, drifts, nudge }, actions, inStep: true };
}

/** By the first drift after a start, the next start is told earlier or later. */
function learn(learned: Learned, drift: number, { rate }: Playing): Learned {
  const startLagMs = Math.min(300, Math.max(0, learned.startLagMs - (drift / rate) * 0.5));
  return { ...learned, startLagMs };
}

/** Ahead: slower. Behind: faster. What has begun goes on until it is close. */
function nudgeFor(drift: number, current: number, early: boolean): number {
  const away = Math.abs(drift);
  if (current !== 0 && Math.sign(drift) === -Math.sign(current) && away > Math.abs(current) * SEEN_LATE_MS)
    return current;
  const { beginsMs, withinMs, most } = early ? EARLY_NUDGE : NUDGE;
  return away > beginsMs ? -Math.sign(drift) * Math.min(most, away / withinMs) : 0;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
