'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Progress } from '@/components/ui/progress';
import { HlsFeed } from './hls-feed';
import type { Found, MediaChoice } from './media-choice';
import type { MediaAddress } from './native-player';
import { type NativeSource, usePlayback } from './use-playback';

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
      <div className="flex items-center gap-1 pl-1">
        <p className="min-w-0 flex-1 truncate text-sm">{title}</p>
        <IconButton label={t('discard')} size="small" onClick={onClose}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" size="small" onClick={() => choose('play')}>
          {t('playForAll')}
        </Button>
        <Button size="small" onClick={() => choose('queue')}>
          {t('queue')}
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

function NativePreview({ source }: { source: NativeSource }) {
  const t = useTranslations('media');
  const { url, delivery, state, progress, ahead, refusal, failure } = usePlayback(source);
  const [failed, setFailed] = useState(false);
  const fail = useCallback(() => setFailed(true), []);
  if (failed || refusal || (failure && !url)) {
    return (
      <p role="alert" className="p-2 text-sm">
        {t('unplayable')}
      </p>
    );
  }
  return (
    <>
      {url && <PlayerOf key={url} address={{ url, delivery }} onFail={fail} />}
      {state === 'converting' && (
        <Progress
          label={ahead ? t('inLine', { ahead }) : t('converting')}
          value={progress ?? undefined}
          className="px-1"
        />
      )}
      {!url && state !== 'converting' && <p className="p-2 text-ink-2 text-sm">{t('loading')}</p>}
    </>
  );
}

function PlayerOf({ address: { url, delivery }, onFail }: { address: MediaAddress; onFail: () => void }) {
  const t = useTranslations('media');
  const place = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (delivery !== 'hls' || !place.current) return undefined;
    const feed = new HlsFeed(place.current, url, () => feed.problem && onFail());
    return () => feed.destroy();
  }, [url, delivery, onFail]);
  return (
    // Captions are a file's own; what has none has none to show.
    // oxlint-disable-next-line jsx_a11y/media-has-caption
    <video
      ref={place}
      src={delivery === 'file' ? url : undefined}
      controls
      playsInline
      preload="metadata"
      aria-label={t('preview')}
      onError={onFail}
      className="aspect-video w-full rounded-control bg-black"
    />
  );
}
