'use client';

import { useEffect, useRef, useState } from 'react';
import { useMe, useRoom, useRoomLog } from '@/components/room-log/use-room';
import type { Playing } from '@/room/media';
import { MediaBar } from './media-bar';
import { MediaNote } from './media-note';
import { NativePlayer } from './native-player';
import { useAddress } from './use-address';
import { useMediaKeys } from './use-media-keys';
import { type PlayerView, usePlayer } from './use-player';
import { useSteps, useTellStep } from './use-steps';
import { type OwnSound, useSound } from './use-sound';
import { YouTubeMediaPlayer } from './youtube-player';

/** What plays for everyone. The presenter's controls are everybody's; volume and full screen are one's own. */
export function StageMedia() {
  const playing = useRoom((view) => view.head.media?.playing ?? null);
  return playing ? <OneMedia key={playing.generation} playing={playing} /> : null;
}

type Props = { playing: Playing };

function OneMedia({ playing }: Props) {
  const { source } = playing;
  return source.kind === 'youtube' ? (
    <YouTube playing={playing} videoId={source.videoId} />
  ) : (
    <Native playing={playing} source={source} />
  );
}

function YouTube({ playing, videoId }: Props & { videoId: string }) {
  const place = useRef<HTMLDivElement>(null);
  const sound = useSound();
  const view = usePlayer(place, playing, sound.value, (element) => new YouTubeMediaPlayer(element, videoId));
  return (
    <Frame playing={playing} view={view} sound={sound}>
      {/* Nothing of ours lies over YouTube's player: its terms. */}
      <div className="size-full [&>iframe]:size-full">
        <div ref={place} />
      </div>
    </Frame>
  );
}

/** How often somebody whose player has lost its bytes looks for them again, ms. */
const AGAIN_MS = 3000;

function Native({ playing, source }: Props & { source: Exclude<Playing['source'], { kind: 'youtube' }> }) {
  const address = useAddress(source);
  const sound = useSound();
  if (!address.url) return <MediaNote playing={playing} waiting={!address.refusal} problem={null} />;
  return (
    <NativeAt key={address.url} playing={playing} url={address.url} sound={sound} onLost={address.again} />
  );
}

function NativeAt({
  playing,
  url,
  sound,
  onLost,
}: Props & {
  url: string;
  sound: OwnSound;
  onLost: () => void;
}) {
  const place = useRef<HTMLVideoElement>(null);
  const view = usePlayer(
    place,
    playing,
    sound.value,
    (element) => new NativePlayer(element as HTMLVideoElement),
  );
  const lost = view.problem === 'unreachable';
  useEffect(() => {
    if (!lost) return undefined;
    const timer = setTimeout(onLost, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [lost, onLost]);
  return (
    <Frame playing={playing} view={view} sound={sound}>
      {/* Captions are a file's own; what has none has none to show. */}
      {/* oxlint-disable-next-line jsx_a11y/media-has-caption */}
      <video
        ref={place}
        src={url}
        crossOrigin={playing.source.kind === 'file' ? 'anonymous' : undefined}
        preload="auto"
        playsInline
        className="size-full bg-black object-contain"
        aria-label={playing.title}
      />
    </Frame>
  );
}

function Frame({
  playing,
  view,
  sound,
  children,
}: Props & {
  view: PlayerView;
  sound: OwnSound;
  children: React.ReactNode;
}) {
  const { mayPresent } = useMe();
  const frame = useRef<HTMLDivElement>(null);
  const onKeyDown = useMediaKeys(playing, mayPresent, view.serverNow);
  useMeasure(playing, view.durationMs, mayPresent);
  useTellStep(playing.generation, view.step);
  const steps = useSteps(playing.generation, mayPresent);
  const [full, setFull] = useState(false);
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement === frame.current);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, []);
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
      className="flex min-h-0 flex-1 flex-col outline-none"
    >
      <div className={`min-h-0 flex-1 ${view.problem ? 'hidden' : ''}`}>{children}</div>
      {view.problem && <MediaNote playing={playing} waiting={false} problem={view.problem} />}
      <MediaBar
        playing={playing}
        presenting={mayPresent}
        view={view}
        steps={steps}
        sound={sound}
        full={full}
        onFull={() => void (full ? document.exitFullscreen() : frame.current?.requestFullscreen())}
      />
    </div>
  );
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
