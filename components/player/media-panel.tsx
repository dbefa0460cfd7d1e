'use client';

import { Clapperboard, ListPlus, Play, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { useRoom, useRoomLog } from '@/components/room-log/use-room';
import { type Refusal, refusalOf, trpc } from '@/components/trpc';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Field, Input } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Progress } from '@/components/ui/progress';
import { MAX_MEDIA_QUEUE } from '@/room/limits';
import { type MediaItem, type MediaSource, NO_MEDIA } from '@/room/media';
import { type ParsedLink, parseMediaLink } from './media-link';
import { MediaPreview } from './media-preview';

type Found = { source: MediaSource; title: string; startMs: number };

/** The content of the room's Media panel: what can be played for everyone, and what waits for its turn. */
export function MediaPanel({
  roomId,
  mayPresent,
  hasAccount,
}: {
  roomId: string;
  mayPresent: boolean;
  hasAccount: boolean;
}) {
  const t = useTranslations('media');
  const refusalSentence = useRefusalSentence();
  const [preview, setPreview] = useState<Found | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const { play, queue } = useChoosing((refusal) => setRefused(refusal && refusalSentence(refusal)));
  if (!mayPresent) return <Waiting mayPresent={false} />;
  return (
    <div className="flex min-h-full flex-col gap-4 p-3">
      <LinkForm
        onFound={(link) => {
          setRefused(null);
          setPreview(link);
        }}
      />
      {refused && (
        <p role="alert" className="text-live text-sm">
          {refused}
        </p>
      )}
      {preview && (
        <section
          aria-label={t('preview')}
          className="flex flex-col gap-2 rounded-panel border border-line p-2"
        >
          <MediaPreview
            key={JSON.stringify(preview.source)}
            roomId={roomId}
            source={preview.source}
            startMs={preview.startMs}
          />
          <p className="truncate px-1 text-sm">{preview.title}</p>
          <div className="flex flex-wrap gap-2">
            <Button
              variant="primary"
              size="small"
              onClick={() => {
                play(preview);
                setPreview(null);
              }}
            >
              {t('playForAll')}
            </Button>
            <Button
              size="small"
              onClick={() => {
                queue(preview);
                setPreview(null);
              }}
            >
              {t('queue')}
            </Button>
            <Button variant="quiet" size="small" onClick={() => setPreview(null)}>
              {t('discard')}
            </Button>
          </div>
        </section>
      )}
      <Waiting mayPresent />
      {hasAccount && <OwnFiles onPlay={play} onQueue={queue} onPreview={setPreview} />}
    </div>
  );
}

/** Sends what was chosen, and tells what was refused. */
function useChoosing(onRefusal: (refusal: { code: string } | null) => void) {
  const log = useRoomLog();
  const itemOf = ({ source, title }: Found): MediaItem => ({ id: crypto.randomUUID(), source, title });
  const send = (body: Parameters<typeof log.send>[0]) =>
    void log.send(body).then((result) => onRefusal(result.ok ? null : result));
  return {
    play: (found: Found) =>
      send({
        type: 'media.load',
        payload: { item: itemOf(found), positionMs: found.startMs, paused: false },
      }),
    queue: (found: Found) => send({ type: 'media.queue', payload: { item: itemOf(found) } }),
  };
}

function LinkForm({ onFound }: { onFound: (link: ParsedLink) => void }) {
  const t = useTranslations('media');
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = new FormData(form).get('link');
    const link = typeof text === 'string' ? parseMediaLink(text) : null;
    setError(link ? null : t('notALink'));
    if (!link) return;
    onFound(link);
    form.reset();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2" noValidate>
      <Field label={t('link')} hint={t('linkHint')} error={error}>
        {(wiring) => <Input {...wiring} name="link" type="url" inputMode="url" autoComplete="off" />}
      </Field>
      <Button type="submit" className="self-start">
        {t('look')}
      </Button>
    </form>
  );
}

/** What plays now and what comes next. */
function Waiting({ mayPresent }: { mayPresent: boolean }) {
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
              <li key={item.id} className="flex items-center gap-2 rounded-control px-1 py-1 hover:bg-ink/4">
                <span className="min-w-0 flex-1 truncate text-sm">{item.title}</span>
                {mayPresent && (
                  <IconButton
                    label={t('unqueue', { title: item.title })}
                    size="small"
                    onClick={() => void log.send({ type: 'media.unqueue', payload: { itemId: item.id } })}
                  >
                    <X size={15} aria-hidden />
                  </IconButton>
                )}
              </li>
            ))}
          </ol>
          {queue.length >= MAX_MEDIA_QUEUE && <p className="px-1 text-ink-3 text-xs">{t('queueFull')}</p>}
        </>
      )}
    </section>
  );
}

type File = Awaited<ReturnType<typeof trpc.documents.playable.query>>[number];

function OwnFiles({
  onPlay,
  onQueue,
  onPreview,
}: {
  onPlay: (found: Found) => void;
  onQueue: (found: Found) => void;
  onPreview: (found: Found) => void;
}) {
  const t = useTranslations('media');
  const sentenceOf = useRefusalSentence();
  const [files, setFiles] = useState<File[] | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let stale = false;
    trpc.documents.playable.query().then(
      (found) => {
        if (!stale) setFiles(found);
      },
      (error: unknown) => {
        if (!stale) setRefusal(refusalOf(error));
      },
    );
    return () => {
      stale = true;
    };
  }, [tries]);
  if (refusal && !files) {
    return (
      <div role="alert" className="flex flex-col items-start gap-2 text-sm">
        <p>{sentenceOf(refusal)}</p>
        <Button
          size="small"
          onClick={() => {
            setRefusal(null);
            setTries((count) => count + 1);
          }}
        >
          {t('again')}
        </Button>
      </div>
    );
  }
  if (!files) return <Progress label={t('loading')} className="p-1" />;
  const foundOf = ({ id, name }: File): Found => ({
    source: { kind: 'file', documentId: id },
    title: name,
    startMs: 0,
  });
  return (
    <section aria-label={t('yourFiles')} className="flex flex-col gap-1">
      <h3 className="px-1 font-medium text-ink-2 text-xs">{t('yourFiles')}</h3>
      {files.length === 0 && <p className="px-1 text-ink-3 text-sm">{t('noFiles')}</p>}
      <ul className="flex flex-col">
        {files.map((file) => (
          <li key={file.id} className="flex items-center gap-1 rounded-control hover:bg-ink/4">
            <button
              type="button"
              title={t('previewOf', { title: file.name })}
              onClick={() => onPreview(foundOf(file))}
              className="min-w-0 flex-1 truncate px-1 py-2 text-left text-sm"
            >
              {file.name}
            </button>
            <IconButton
              label={t('queueOf', { title: file.name })}
              size="small"
              onClick={() => onQueue(foundOf(file))}
            >
              <ListPlus size={16} aria-hidden />
            </IconButton>
            <IconButton
              label={t('playOf', { title: file.name })}
              size="small"
              onClick={() => onPlay(foundOf(file))}
            >
              <Play size={16} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
