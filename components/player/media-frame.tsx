'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { useMedia, useMediaView } from '@/components/classroom/media/media-context';
import { useMe, useRoomLog } from '@/components/room-log/use-room';
import { useFullScreen } from '@/components/stage/use-full-screen';
import type { Playing } from '@/room/media';
import { MediaBar } from './media-bar';
import { MediaNote } from './media-note';
import type { OwnCaptions } from './use-captions';
import { useMediaKeys } from './use-media-keys';
import type { PlayerView } from './use-player';
import type { OwnSound } from './use-sound';
import { useSteps, useTellStep } from './use-steps';

/** A player on the stage, with what is under it; what it plays is inside. */
export function MediaFrame({
  playing,
  view,
  sound,
  captions,
  durationMs,
  children,
}: {
  playing: Playing;
  view: PlayerView;
  sound: OwnSound;
  captions?: OwnCaptions;
  /** null: not known yet, or a broadcast. */
  durationMs: number | null;
  children: ReactNode;
}) {
  const { mayPresent } = useMe();
  const frame = useRef<HTMLDivElement>(null);
  const onKeyDown = useMediaKeys(playing, mayPresent, view.serverNow);
  useMeasure(playing, durationMs, mayPresent);
  useTellStep(playing.generation, view.step);
  const steps = useSteps(playing.generation, mayPresent);
  const fullScreen = useFullScreen(frame);
  const onTapForSound = useOneTap(view.step === 'blocked', sound);
  return (
    // The frame takes the keys of a player when it is what was pressed last.
    // oxlint-disable-next-line jsx_a11y/no-noninteractive-tabindex
    <div
      ref={frame}
      role="group"
      aria-label={playing.title}
      data-media-step={view.step}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className="flex min-h-0 flex-1 flex-col bg-stage outline-none"
    >
      <div className={`min-h-0 flex-1 ${view.problem ? 'hidden' : ''}`}>{children}</div>
      {view.problem && <MediaNote playing={playing} waiting={false} problem={view.problem} />}
      <MediaBar
        playing={playing}
        presenting={mayPresent}
        view={view}
        steps={steps}
        sound={sound}
        onTapForSound={onTapForSound}
        captions={captions}
        fullScreen={fullScreen}
      />
    </div>
  );
}

/** Voices and media wait for the same press: whichever of the two is pressed lets both be heard. */
function useOneTap(blocked: boolean, sound: OwnSound): () => void {
  const media = useMedia();
  const voicesBlocked = useMediaView((view) => view.soundBlocked);
  const hear = () => sound.set({ ...sound.value, muted: false });
  const latest = useRef({ blocked, hear });
  const were = useRef(voicesBlocked);
  useEffect(() => {
    latest.current = { blocked, hear };
  });
  useEffect(() => {
    if (were.current && !voicesBlocked && latest.current.blocked) latest.current.hear();
    were.current = voicesBlocked;
  }, [voicesBlocked]);
  return () => {
    hear();
    if (voicesBlocked) void media.unblockSound();
  };
}

/** A presenter's player tells the room how long it is: then the room knows when it is over. */
function useMeasure(
  { generation, durationMs: known }: Playing,
  durationMs: number | null,
  presenting: boolean,
) {
  const log = useRoomLog();
  useEffect(() => {
    if (!presenting || known !== null || durationMs === null) return;
    void log.send({ type: 'media.measure', payload: { generation, durationMs } });
  }, [log, presenting, known, durationMs, generation]);
}
