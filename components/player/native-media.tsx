'use client';

import { useEffect, useRef, useState } from 'react';
import type { Playing } from '@/room/media';
import { ConvertingNote } from './converting-note';
import { MediaFrame } from './media-frame';
import { MediaNote } from './media-note';
import { type MediaAddress, NativePlayer } from './native-player';
import { SoundPicture } from './sound-picture';
import { useCaptions } from './use-captions';
import { type NativeSource, type Playback, usePlayback } from './use-playback';
import { usePlayer } from './use-player';
import { type OwnSound, useSound } from './use-sound';

/** How often somebody whose player has lost its bytes looks for them again, ms. */
const AGAIN_MS = 3000;

/** What the browser's own player plays: a file of the library, or an address. */
export function NativeMedia({ playing, source }: { playing: Playing; source: NativeSource }) {
  const playback = usePlayback(source);
  const sound = useSound();
  const [lost, setLost] = useState(false);
  const { url, delivery, state, progress, ahead, failure, attempt } = playback;
  if (url) {
    return (
      <NativeAt
        key={attempt}
        playing={playing}
        address={{ url, delivery }}
        playback={playback}
        sound={sound}
        lost={lost}
        onLost={setLost}
      />
    );
  }
  if (state === 'converting') {
    return (
      <div className="grid min-h-0 flex-1 place-content-center">
        <ConvertingNote title={playing.title} progress={progress} ahead={ahead} />
      </div>
    );
  }
  return (
    <MediaNote playing={playing} waiting={!playback.refusal && !failure} problem={failure && 'unplayable'} />
  );
}

function NativeAt({
  playing,
  address,
  playback,
  sound,
  lost,
  onLost,
}: {
  playing: Playing;
  address: MediaAddress;
  playback: Playback;
  sound: OwnSound;
  /** Its bytes did not come, and have not come since. */
  lost: boolean;
  onLost: (lost: boolean) => void;
}) {
  const place = useRef<HTMLVideoElement>(null);
  const view = usePlayer(
    place,
    playing,
    sound.value,
    (element) => new NativePlayer(element as HTMLVideoElement, address),
  );
  const captions = useCaptions(place, playback.captions);
  const { problem, step } = view;
  useEffect(() => {
    if (problem === 'unreachable') onLost(true);
    else if (step === 'in-step') onLost(false);
  }, [problem, step, onLost]);
  useAgainWhenLost(problem === 'unreachable', playback.again);
  const { video, posterUrl, waveform, progress, durationMs } = playback;
  return (
    <MediaFrame
      playing={playing}
      view={{ ...view, problem: problem ?? (lost && step !== 'in-step' ? 'unreachable' : null) }}
      sound={sound}
      captions={captions}
      durationMs={durationMs ?? view.durationMs}
    >
      <div className="@container relative size-full">
        {/* Captions are a file's own; what has none has none to show. */}
        {/* oxlint-disable-next-line jsx_a11y/media-has-caption */}
        <video
          ref={place}
          crossOrigin={playing.source.kind === 'file' ? 'anonymous' : undefined}
          poster={(video && posterUrl) || undefined}
          preload="auto"
          playsInline
          className={video ? 'size-full bg-black object-contain' : 'sr-only'}
          aria-label={playing.title}
        >
          {playback.captions.map(({ label, language, url }) => (
            <track key={url} kind="subtitles" label={label} srcLang={language ?? undefined} src={url} />
          ))}
        </video>
        {!video && (
          <SoundPicture
            playing={playing}
            waveform={waveform}
            posterUrl={posterUrl}
            serverNow={view.serverNow}
          />
        )}
        {view.waits && (
          <div className="absolute inset-0 grid place-content-center bg-black/70">
            <ConvertingNote title={playing.title} progress={progress} ahead={null} />
          </div>
        )}
      </div>
    </MediaFrame>
  );
}

function useAgainWhenLost(lost: boolean, again: () => void) {
  useEffect(() => {
    if (!lost) return undefined;
    const timer = setTimeout(again, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [lost, again]);
}
