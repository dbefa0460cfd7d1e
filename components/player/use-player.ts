'use client';

import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useRoomLog } from '@/components/room-log/use-room';
import { clockOf } from './clock';
import type { Playing } from '@/room/media';
import { FollowLoop, type Standing, type Step } from './follow-loop';
import type { MediaPlayer, PlayerProblem, PlayerSound } from './media-player';

export type PlayerView = {
  step: Step;
  /** Where everybody is has not been made yet. */
  waits: boolean;
  problem: PlayerProblem | null;
  durationMs: number | null;
  /** Server time, ms since the epoch, as this tab knows it best. */
  serverNow: () => number;
};

/**
 * Keeps the player that `make` makes in step with what plays, for as long as the component stands.
 * @param make  makes the player in the element; called again only for other media
 */
export function usePlayer(
  place: RefObject<HTMLElement | null>,
  playing: Playing,
  sound: PlayerSound,
  make: (place: HTMLElement) => MediaPlayer,
): PlayerView {
  const log = useRoomLog();
  const clock = clockOf(log);
  useEffect(() => clock.start(), [clock]);
  const [player, setPlayer] = useState<MediaPlayer | null>(null);
  const [standing, setStanding] = useState<Standing>({ step: 'catching-up', waits: false });
  // It is looked at ten times a second, and is mostly as it was.
  const [note] = useState(() => (next: Standing) => {
    setStanding((now) => (now.step === next.step && now.waits === next.waits ? now : next));
  });
  const loop = useRef<FollowLoop | null>(null);
  const latest = useRef({ playing, sound, make });
  latest.current = { playing, sound, make };
  useEffect(() => {
    if (!place.current) return undefined;
    const made = latest.current.make(place.current);
    made.setSound(latest.current.sound);
    const following = new FollowLoop(made, latest.current.playing, () => clock.now(), note);
    loop.current = following;
    setPlayer(made);
    return () => {
      following.stop();
      made.destroy();
      loop.current = null;
      setPlayer(null);
    };
  }, [place, clock, note]);
  useEffect(() => {
    if (loop.current) loop.current.playing = playing;
  }, [playing]);
  useEffect(() => player?.setSound(sound), [player, sound]);
  const problem = usePlayerValue(player, (one) => one.problem, null);
  const durationMs = usePlayerValue(player, (one) => one.durationMs(), null);
  return { ...standing, problem, durationMs, serverNow: () => clock.now() };
}

const NEVER = () => () => undefined;

function usePlayerValue<T>(player: MediaPlayer | null, read: (player: MediaPlayer) => T, none: T): T {
  const get = () => (player ? read(player) : none);
  return useSyncExternalStore(player?.onChange ?? NEVER, get, get);
}
