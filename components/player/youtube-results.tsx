'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '@/components/ui/icon-button';
import type { Found, MediaChoice } from './media-choice';
import { MediaRow } from './media-row';
import { formatMediaTime } from './media-time';
import type { FoundVideo } from './use-youtube';

/** What was found on YouTube: picture, title, channel, length. */
export function YouTubeResults({
  videos,
  choice,
  onPreview,
  onClose,
}: {
  videos: readonly FoundVideo[];
  choice: MediaChoice;
  onPreview: (found: Found) => void;
  onClose: () => void;
}) {
  const t = useTranslations('media');
  return (
    <section aria-label={t('found')} className="flex flex-col gap-1">
      <div className="flex items-center justify-between px-1">
        <h3 className="font-medium text-ink-2 text-xs">{t('found')}</h3>
        <IconButton label={t('closeFound')} size="small" onClick={onClose}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
      {videos.length === 0 && (
        <p role="status" className="px-1 text-ink-3 text-sm">
          {t('nothingFound')}
        </p>
      )}
      <ul className="flex flex-col gap-1">
        {videos.map(({ videoId, title, channel, durationMs }) => (
          <MediaRow
            key={videoId}
            found={{ source: { kind: 'youtube', videoId }, title: title.slice(0, 200), startMs: 0 }}
            choice={choice}
            onPreview={onPreview}
            picture={<Thumbnail videoId={videoId} durationMs={durationMs} />}
            note={durationMs === null ? t('liveFrom', { channel }) : channel}
          />
        ))}
      </ul>
    </section>
  );
}

function Thumbnail({ videoId, durationMs }: Pick<FoundVideo, 'videoId' | 'durationMs'>) {
  return (
    <span className="relative aspect-video w-20 shrink-0 overflow-hidden rounded-control bg-ink/8">
      {/* YouTube makes them in this size; making them anew would send every search through this server. */}
      {/* oxlint-disable-next-line nextjs/no-img-element */}
      <img
        src={`https://i.ytimg.com/vi/${videoId}/mqdefault.jpg`}
        alt=""
        loading="lazy"
        // What YouTube does not send leaves its place empty.
        onError={({ currentTarget }) => {
          currentTarget.hidden = true;
        }}
        referrerPolicy="no-referrer"
        className="size-full object-cover"
      />
      {durationMs !== null && (
        <span className="absolute right-1 bottom-1 rounded bg-black/80 px-1 text-[11px] text-white leading-4 tabular-nums">
          {formatMediaTime(durationMs)}
        </span>
      )}
    </span>
  );
}
