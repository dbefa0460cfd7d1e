'use client';

import { CloudOff, Hand, MicOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { memo } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { useMediaView } from './media/media-context';
import { Video } from './video';

type Props = {
  id: string;
  name: string;
  isMe: boolean;
  handRaised: boolean;
  dropped: boolean;
  width: number;
  height: number;
};

/** One person: their picture or their initials, with name, microphone, speech and hand. Sizes in CSS pixels. */
export const Tile = memo(function Tile({ id, name, isMe, handRaised, dropped, width, height }: Props) {
  const t = useTranslations('classroom.tile');
  const media = useMediaView((view) => view.people[id]);
  const own = useMediaView((view) => (isMe ? view.mine : null));
  const camera = !dropped && (own ? own.camera.on : Boolean(media?.camera));
  const silent = own ? !own.microphone.on : media?.microphone !== 'on';
  const speaking = Boolean(media?.speaking) && !silent;
  const small = width < 150;
  const noteSize = small ? 'text-[11px]' : 'text-xs';
  return (
    <figure
      aria-label={name}
      data-participant={id}
      data-speaking={speaking || undefined}
      className="relative shrink-0 overflow-hidden rounded-panel bg-[oklch(25%_0.012_265)] text-white"
      style={{ width, height }}
    >
      {camera ? (
        <Video
          participantId={id}
          source="camera"
          mirrored={own !== null && !own.looksAway}
          className="size-full object-cover"
        />
      ) : (
        <span className={`grid size-full place-items-center ${dropped ? 'opacity-45' : ''}`}>
          <Avatar name={name} seed={id} size={Math.round(Math.min(96, Math.min(width, height) * 0.5))} />
        </span>
      )}
      <figcaption
        className={`absolute inset-x-0 bottom-0 flex items-center gap-1.5 bg-linear-to-t from-black/70 to-transparent px-2 pt-4 pb-1.5 font-medium ${noteSize}`}
      >
        {silent && !dropped && (
          <span className="shrink-0 text-white/85">
            <MicOff size={small ? 12 : 14} aria-hidden />
            <span className="sr-only">{t('muted')}</span>
          </span>
        )}
        <span className="truncate drop-shadow-sm">{isMe ? t('you', { name }) : name}</span>
      </figcaption>
      {dropped && (
        <span
          role="status"
          className={`absolute inset-x-0 top-0 flex items-center gap-1.5 px-2 pt-1.5 text-white/85 ${noteSize}`}
        >
          <CloudOff size={small ? 12 : 14} aria-hidden className="shrink-0" />
          <span className="truncate">{t('dropped')}</span>
        </span>
      )}
      {handRaised && (
        <span className="absolute top-1.5 left-1.5 grid size-7 place-items-center rounded-full bg-warn text-[oklch(24%_0.03_75)]">
          <Hand size={16} aria-hidden />
          <span className="sr-only">{t('hand')}</span>
        </span>
      )}
      <span
        aria-hidden
        className={`pointer-events-none absolute inset-0 rounded-panel ring-inset transition-shadow ${speaking ? 'ring-[3px] ring-[oklch(76%_0.15_155)]' : 'ring-1 ring-white/8'}`}
      />
      {speaking && <span className="sr-only">{t('speaking')}</span>}
    </figure>
  );
});
