'use client';

import { Maximize, Minimize, Pause, Play, SkipForward, Square, Volume2, VolumeX } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useRoom, useRoomLog } from '@/components/room-log/use-room';
import { StageButton } from '@/components/stage/stage-button';
import { type Playing, positionAt } from '@/room/media';
import { formatMediaTime } from './media-time';
import type { PlayerView } from './use-player';
import type { OwnSound } from './use-sound';
import type { Steps } from './use-steps';

const RATES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

type Props = {
  playing: Playing;
  presenting: boolean;
  view: PlayerView;
  /** Presenters see how everybody's players stand. */
  steps: Steps | null;
  sound: OwnSound;
  full: boolean;
  onFull: () => void;
};

/** Under what plays: the presenter's part acts for everyone, the rest is one's own. */
export function MediaBar({ playing, presenting, view, steps, sound, full, onFull }: Props) {
  const t = useTranslations('player');
  const position = usePosition(playing, view.serverNow);
  const { durationMs } = playing;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-1 bg-stage px-2 text-white/80 text-xs tabular-nums">
      {presenting && <Transport playing={playing} />}
      <span className="whitespace-nowrap px-1.5">
        {formatMediaTime(position)}
        {durationMs !== null && <span className="text-white/55"> / {formatMediaTime(durationMs)}</span>}
      </span>
      <SeekBar playing={playing} position={position} presenting={presenting} />
      {presenting && <Rate playing={playing} />}
      <span role="status" className="whitespace-nowrap px-1 text-white/70 empty:hidden">
        {view.step === 'catching-up' && !playing.paused
          ? t('catchingUp')
          : steps && <StepsLine steps={steps} />}
      </span>
      {view.step === 'blocked' ? (
        <button
          type="button"
          onClick={() => sound.set({ ...sound.value, muted: false })}
          className="flex h-8 items-center gap-1.5 rounded-full bg-accent px-3 font-medium text-on-accent"
        >
          <VolumeX size={15} aria-hidden />
          {t('tapForSound')}
        </button>
      ) : (
        <Volume sound={sound} />
      )}
      <StageButton label={t(full ? 'leaveFull' : 'full')} onPress={onFull}>
        {full ? <Minimize size={17} /> : <Maximize size={17} />}
      </StageButton>
    </div>
  );
}

/** "27 in step, 2 catching up": what is nobody's is not said. */
function StepsLine({ steps }: { steps: Steps }) {
  const t = useTranslations('player.steps');
  const format = useFormatter();
  const said = (['in-step', 'catching-up', 'blocked', 'failed'] as const).flatMap((step) =>
    steps[step] > 0 ? [t(step, { count: steps[step] })] : [],
  );
  return format.list(said, { type: 'unit' });
}

function Transport({ playing: { generation, paused } }: { playing: Playing }) {
  const t = useTranslations('player');
  const log = useRoomLog();
  const queued = useRoom((view) => (view.head.media?.queue.length ?? 0) > 0);
  const payload = { generation };
  return (
    <>
      <StageButton
        label={t(paused ? 'play' : 'pause')}
        keys="k"
        onPress={() => void log.send({ type: paused ? 'media.play' : 'media.pause', payload })}
      >
        {paused ? <Play size={19} /> : <Pause size={19} />}
      </StageButton>
      {queued && (
        <StageButton label={t('next')} onPress={() => void log.send({ type: 'media.next', payload })}>
          <SkipForward size={17} />
        </StageButton>
      )}
      <StageButton label={t('stop')} onPress={() => void log.send({ type: 'media.stop', payload })}>
        <Square size={15} />
      </StageButton>
    </>
  );
}

/** How far it is. Presenters move it: what they drag is theirs until they let go. */
function SeekBar({
  playing,
  position,
  presenting,
}: {
  playing: Playing;
  position: number;
  presenting: boolean;
}) {
  const t = useTranslations('player');
  const log = useRoomLog();
  const [dragged, setDragged] = useState<number | null>(null);
  const { durationMs, generation } = playing;
  if (durationMs === null) return <span className="min-w-0 flex-1" />;
  const letGo = () => {
    if (dragged === null) return;
    void log.send({ type: 'media.seek', payload: { generation, positionMs: dragged } });
    setDragged(null);
  };
  return (
    <input
      type="range"
      aria-label={t('position')}
      aria-valuetext={formatMediaTime(dragged ?? position)}
      min={0}
      max={Math.round(durationMs)}
      step={100}
      value={Math.round(dragged ?? position)}
      disabled={!presenting}
      onChange={(event) => setDragged(event.target.valueAsNumber)}
      onPointerUp={letGo}
      onKeyUp={letGo}
      onBlur={letGo}
      className="h-10 min-w-24 flex-1 accent-accent disabled:opacity-70"
    />
  );
}

function Rate({ playing: { generation, rate } }: { playing: Playing }) {
  const t = useTranslations('player');
  const log = useRoomLog();
  return (
    <select
      aria-label={t('rate')}
      value={rate}
      onChange={(event) =>
        void log.send({ type: 'media.rate', payload: { generation, rate: Number(event.target.value) } })
      }
      className="h-8 rounded-control bg-transparent px-1 hover:bg-white/8"
    >
      {RATES.map((value) => (
        <option key={value} value={value} className="text-ink">
          {t('times', { value })}
        </option>
      ))}
    </select>
  );
}

function Volume({ sound }: { sound: OwnSound }) {
  const t = useTranslations('player');
  const { value, set } = sound;
  return (
    <span className="flex items-center">
      <StageButton
        label={t(value.muted ? 'unmute' : 'mute')}
        onPress={() => set({ ...value, muted: !value.muted })}
      >
        {value.muted ? <VolumeX size={17} /> : <Volume2 size={17} />}
      </StageButton>
      <input
        type="range"
        aria-label={t('volume')}
        min={0}
        max={1}
        step={0.05}
        value={value.muted ? 0 : value.volume}
        onChange={(event) => set({ volume: event.target.valueAsNumber, muted: false })}
        className="h-10 w-18 accent-accent max-sm:hidden"
      />
    </span>
  );
}

const SHOWN_EVERY_MS = 250;

function usePosition(playing: Playing, serverNow: () => number): number {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((count) => count + 1), SHOWN_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return positionAt(playing, serverNow());
}
