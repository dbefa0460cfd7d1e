'use client';

import { Clapperboard, Play, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useAsk } from '@/components/room-log/use-ask';
import { useRoom, useRoomLog } from '@/components/room-log/use-room';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { IconButton } from '@/components/ui/icon-button';
import { MAX_MEDIA_QUEUE } from '@/room/limits';
import { type MediaItem, NO_MEDIA } from '@/room/media';

/** What plays now and what comes next. */
export function MediaQueue({ mayPresent }: { mayPresent: boolean }) {
  const t = useTranslations('media');
  const log = useRoomLog();
  const { playing, queue } = useRoom((view) => view.head.media ?? NO_MEDIA);
  if (!playing && queue.length === 0) {
    if (mayPresent) return null;
    return (
      <div className="p-3">
        <EmptyState icon={<Clapperboard size={28} aria-hidden />} title={t('none.title')}>
          {t('none.text')}
        </EmptyState>
      </div>
    );
  }
  return (
    <section aria-label={t('upNext')} className={`flex flex-col gap-1 ${mayPresent ? '' : 'p-3'}`}>
      {playing && (
        <div className="flex items-center gap-2 px-1 py-1.5">
          <Play size={16} aria-hidden className="shrink-0 text-accent" />
          <span className="min-w-0 flex-1 truncate font-medium text-sm">{playing.title}</span>
          {mayPresent && (
            <Button
              size="small"
              variant="quiet"
              onClick={() => void log.send({ type: 'stage.show', payload: { stage: { kind: 'media' } } })}
            >
              {t('show')}
            </Button>
          )}
        </div>
      )}
      {queue.length > 0 && (
        <>
          <h3 className="px-1 pt-1 font-medium text-ink-2 text-xs">{t('upNext')}</h3>
          <ol className="flex flex-col">
            {queue.map((item) => (
              <li key={item.id} className="flex items-center gap-1 rounded-control px-1 py-1 hover:bg-ink/4">
                <span className="min-w-0 flex-1 truncate text-sm" title={item.title}>
                  {item.title}
                </span>
                {mayPresent && <QueuedVerbs item={item} />}
              </li>
            ))}
          </ol>
          {queue.length >= MAX_MEDIA_QUEUE && <p className="px-1 text-ink-3 text-xs">{t('queueFull')}</p>}
        </>
      )}
    </section>
  );
}

/** Plays something before its turn, or takes it off. */
function QueuedVerbs({ item }: { item: MediaItem }) {
  const t = useTranslations('media');
  const log = useRoomLog();
  const ask = useAsk();
  const unqueue = () => void log.send({ type: 'media.unqueue', payload: { itemId: item.id } });
  async function play() {
    // What cannot be played stays where it was.
    if (await ask({ type: 'media.load', payload: { item, positionMs: item.startMs ?? 0, paused: false } }))
      unqueue();
  }
  return (
    <>
      <IconButton label={t('playOf', { title: item.title })} size="small" onClick={() => void play()}>
        <Play size={15} aria-hidden />
      </IconButton>
      <IconButton label={t('unqueue', { title: item.title })} size="small" onClick={unqueue}>
        <X size={15} aria-hidden />
      </IconButton>
    </>
  );
}
