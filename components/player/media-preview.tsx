'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import type { MediaSource } from '@/room/media';
import type { Found, MediaChoice } from './media-choice';
import { useAddress } from './use-address';

/** Something that only oneself sees and hears, with the player's own controls, and what may become of it. */
export function MediaPreview({
  found,
  choice,
  onClose,
}: {
  found: Found;
  choice: MediaChoice;
  onClose: () => void;
}) {
  const t = useTranslations('media');
  const { source, title, startMs } = found;
  const choose = (verb: 'play' | 'queue') => {
    choice[verb](found);
    onClose();
  };
  return (
    <section aria-label={t('preview')} className="flex flex-col gap-2 rounded-panel border border-line p-2">
      {source.kind === 'youtube' ? (
        <YouTubePreview videoId={source.videoId} startMs={startMs} />
      ) : (
        <NativePreview source={source} />
      )}
      <p className="truncate px-1 text-sm">{title}</p>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" size="small" onClick={() => choose('play')}>
          {t('playForAll')}
        </Button>
        <Button size="small" onClick={() => choose('queue')}>
          {t('queue')}
        </Button>
        <Button variant="quiet" size="small" onClick={onClose}>
          {t('discard')}
        </Button>
      </div>
    </section>
  );
}

function YouTubePreview({ videoId, startMs }: { videoId: string; startMs: number }) {
  const t = useTranslations('media');
  return (
    // Another origin: the browser keeps it apart, and a sandbox that lets it play would add nothing.
    // oxlint-disable-next-line react/iframe-missing-sandbox
    <iframe
      src={`https://www.youtube-nocookie.com/embed/${videoId}?start=${Math.floor(startMs / 1000)}`}
      title={t('preview')}
      allow="encrypted-media; fullscreen"
      className="aspect-video w-full rounded-control"
    />
  );
}

function NativePreview({ source }: { source: Exclude<MediaSource, { kind: 'youtube' }> }) {
  const t = useTranslations('media');
  const { url, refusal } = useAddress(source);
  const [failed, setFailed] = useState(false);
  if (failed || refusal) {
    return (
      <p role="alert" className="p-2 text-sm">
        {t('unplayable')}
      </p>
    );
  }
  if (!url) return <p className="p-2 text-ink-2 text-sm">{t('loading')}</p>;
  return (
    // Captions are a file's own; what has none has none to show.
    // oxlint-disable-next-line jsx_a11y/media-has-caption
    <video
      src={url}
      controls
      playsInline
      preload="metadata"
      aria-label={t('preview')}
      onError={() => setFailed(true)}
      className="aspect-video w-full rounded-control bg-black"
    />
  );
}
