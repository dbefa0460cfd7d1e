'use client';

import { Clapperboard } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { StageNote } from '@/components/stage/stage-note';
import type { Playing } from '@/room/media';
import type { PlayerProblem } from './media-player';

/** What is seen where something plays that does not play here: why, and what can be done. */
export function MediaNote({
  playing,
  waiting,
  problem,
}: {
  playing: Playing;
  waiting: boolean;
  problem: PlayerProblem | null;
}) {
  const t = useTranslations('player');
  const { source, title } = playing;
  const sentence = waiting ? t('loading', { title }) : t(`problem.${problem ?? 'unreachable'}`, { title });
  return (
    <StageNote icon={<Clapperboard size={28} />} title={sentence}>
      {source.kind === 'youtube' && (
        <a
          href={`https://www.youtube.com/watch?v=${source.videoId}`}
          target="_blank"
          rel="noopener noreferrer"
          className="flex h-10 items-center rounded-control border border-white/25 px-4 font-medium text-sm text-white hover:bg-white/10"
        >
          {t('onYouTube')}
        </a>
      )}
    </StageNote>
  );
}
