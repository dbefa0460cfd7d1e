'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { MediaSource } from '@/room/media';
import { useAddress } from './use-address';

type Props = { roomId: string; source: MediaSource; startMs: number };

/** Something that only oneself sees and hears, with the player's own controls. */
export function MediaPreview({ roomId, source, startMs }: Props) {
  const t = useTranslations('media');
  if (source.kind === 'youtube') {
    const address = `https://www.youtube-nocookie.com/embed/${source.videoId}?start=${Math.floor(startMs / 1000)}`;
    return (
      // Another origin: the browser keeps it apart, and a sandbox that lets it play would add nothing.
      // oxlint-disable-next-line react/iframe-missing-sandbox
      <iframe
        src={address}
        title={t('preview')}
        allow="encrypted-media; fullscreen"
        className="aspect-video w-full rounded-control"
      />
    );
  }
  return <NativePreview roomId={roomId} source={source} />;
}

function NativePreview({
  roomId,
  source,
}: Pick<Props, 'roomId'> & { source: Exclude<MediaSource, { kind: 'youtube' }> }) {
  const t = useTranslations('media');
  const { url, refusal } = useAddress(roomId, source);
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
