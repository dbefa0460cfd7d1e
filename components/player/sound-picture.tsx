'use client';

import type { Playing } from '@/room/media';
import { usePosition } from './use-position';

const BARS = 160;

/** What is seen of something that is only heard: its cover, its name, and how loud it is from its beginning to its end. */
export function SoundPicture({
  playing,
  waveform,
  posterUrl,
  serverNow,
}: {
  playing: Playing;
  waveform: readonly number[] | null;
  posterUrl: string | null;
  serverNow: () => number;
}) {
  const { title, durationMs } = playing;
  const position = usePosition(playing, serverNow);
  const played = durationMs ? position / durationMs : 0;
  return (
    <div className="grid size-full place-content-center justify-items-center gap-6 p-6 text-white">
      {posterUrl && (
        // Its address is signed and short-lived: nothing to be made smaller or kept.
        // oxlint-disable-next-line nextjs/no-img-element
        <img src={posterUrl} alt="" className="max-h-[40%] rounded-panel object-contain" />
      )}
      <p className="max-w-full truncate font-medium text-lg">{title}</p>
      {waveform && waveform.length > 0 && <Waveform peaks={waveform} played={played} />}
    </div>
  );
}

function Waveform({ peaks, played }: { peaks: readonly number[]; played: number }) {
  const bars = loudestOf(peaks, Math.min(BARS, peaks.length));
  const loudest = Math.max(0.05, ...bars);
  return (
    <svg
      viewBox={`0 0 ${bars.length * 4} 64`}
      preserveAspectRatio="none"
      aria-hidden
      className="h-24 w-[min(44rem,80cqw)]"
    >
      {bars.map((peak, index) => {
        const height = Math.max(2, (peak / loudest) * 64);
        return (
          <rect
            // A bar is nothing but its place.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            x={index * 4}
            y={(64 - height) / 2}
            width={2.5}
            height={height}
            rx={1}
            className={(index + 0.5) / bars.length <= played ? 'fill-white' : 'fill-white/30'}
          />
        );
      })}
    </svg>
  );
}

/** As many values as there are bars: the loudest of each part. */
function loudestOf(peaks: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((index + 1) * peaks.length) / count));
    return Math.max(...peaks.slice(from, to));
  });
}
