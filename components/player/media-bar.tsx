'use client';

import {
  Captions as CaptionsIcon,
  Maximize,
  Minimize,
  Pause,
  Play,
  SkipForward,
  Square,
  Volume2,
  VolumeX,
} from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useRoom, useRoomLog } from '@/components/room-log/use-room';
import { StageButton } from '@/components/stage/stage-button';
import type { FullScreen } from '@/components/stage/use-full-screen';
import type { Playing } from '@/room/media';
import { formatMediaTime } from './media-time';
import type { OwnCaptions } from './use-captions';
import type { PlayerView } from './use-player';
import { usePosition } from './use-position';
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
  onTapForSound: () => void;
  captions: OwnCaptions | undefined;
  fullScreen: FullScreen;
};

/** Under what plays: the presenter's part acts for everyone, the rest is one's own. */
export function MediaBar({
  playing,
  presenting,
  view,
  steps,
  sound,
  onTapForSound,
  captions,
  fullScreen,
}: Props) {
  const t = useTranslations('player');
  const position = usePosition(playing, view.serverNow);
  const { durationMs } = playing;
  return (
    <div className="scheme-dark shrink-0 bg-stage px-2 text-white/80 text-xs tabular-nums">
      <SeekBar playing={playing} position={position} presenting={presenting} />
      <div className="flex min-h-10 flex-wrap items-center gap-x-1">
        {presenting && <Transport playing={playing} />}
        <span className="whitespace-nowrap px-1.5">
          {formatMediaTime(position)}
          {durationMs !== null && <span className="text-white/55"> / {formatMediaTime(durationMs)}</span>}
        </span>
        {/* On a phone what is said stands on a line of its own. */}
        <span className="flex-1 sm:hidden" />
        <span
          role="status"
          className="min-w-0 flex-1 truncate px-1 text-white/70 max-sm:order-last max-sm:basis-full max-sm:pb-2 max-sm:empty:hidden"
        >
          <Status playing={playing} view={view} steps={steps} />
        </span>
        {presenting && <Rate playing={playing} />}
        {captions && captions.list.length > 0 && <Captions captions={captions} />}
        {view.step === 'blocked' ? (
          <button
            type="button"
            onClick={onTapForSound}
            className="flex h-8 items-center gap-1.5 rounded-full bg-accent px-3 font-medium text-on-accent"
          >
            <VolumeX size={15} aria-hidden />
            {t('tapForSound')}
          </button>
        ) : (
          <Volume sound={sound} />
        )}
        {fullScreen && (
          <StageButton label={t(fullScreen.on ? 'leaveFull' : 'full')} onPress={fullScreen.toggle}>
            {fullScreen.on ? <Minimize size={17} /> : <Maximize size={17} />}
          </StageButton>
        )}
      </div>
    </div>
  );
}

function Status({ playing, view, steps }: Pick<Props, 'playing' | 'view' | 'steps'>) {
  const t = useTranslations('player');
  if (view.waits) return t('converting.short');
  const behind = view.step === 'catching-up' || view.step === 'advertisement';
  if (behind && !playing.paused) return t('catchingUp');
  return steps && <StepsLine steps={steps} />;
}

/** "27 in step, 2 buffering": what is nobody's is not said. */
function StepsLine({ steps }: { steps: Steps }) {
  const t = useTranslations('player.steps');
  const format = useFormatter();
  const said = (['in-step', 'catching-up', 'advertisement', 'blocked', 'failed'] as const).flatMap((step) =>
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
  if (durationMs === null) return null;
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
      className="block h-6 w-full accent-white disabled:opacity-70"
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
      className="field-sizing-content h-8 rounded-control bg-transparent px-1 hover:bg-white/8"
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
        className="h-10 w-18 accent-white max-sm:hidden"
      />
    </span>
  );
}

/** Captions are everybody's own choice. */
function Captions({ captions: { list, shown, show } }: { captions: OwnCaptions }) {
  const t = useTranslations('player.captions');
  return (
    <label className="relative flex h-8 items-center rounded-control hover:bg-white/8">
      <span className="sr-only">{t('label')}</span>
      <CaptionsIcon
        size={18}
        aria-hidden
        className={`pointer-events-none absolute left-2 ${shown ? 'text-white' : 'text-white/60'}`}
      />
      <select
        value={shown?.url ?? ''}
        onChange={(event) => show(list.find(({ url }) => url === event.target.value) ?? null)}
        className="field-sizing-content h-8 max-w-40 rounded-control bg-transparent pl-8 pr-1 text-inherit"
      >
        <option value="" className="text-ink">
          {t('off')}
        </option>
        {list.map(({ url, label }) => (
          <option key={url} value={url} className="text-ink">
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
