'use client';

import { ListPlus, Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { type Refusal, refusalOf, trpc } from '@/components/trpc';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Progress } from '@/components/ui/progress';
import type { Found, MediaChoice } from './media-choice';

type OwnFile = Awaited<ReturnType<typeof trpc.documents.playable.query>>[number];

/** What one's own library has that plays. */
export function OwnMedia({ choice, onPreview }: { choice: MediaChoice; onPreview: (found: Found) => void }) {
  const t = useTranslations('media');
  const sentenceOf = useRefusalSentence();
  const { files, refusal, again } = useOwnFiles();
  if (refusal && !files) {
    return (
      <div role="alert" className="flex flex-col items-start gap-2 text-sm">
        <p>{sentenceOf(refusal)}</p>
        <Button size="small" onClick={again}>
          {t('again')}
        </Button>
      </div>
    );
  }
  if (!files) return <Progress label={t('loading')} className="p-1" />;
  return (
    <section aria-label={t('yourFiles')} className="flex flex-col gap-1">
      <h3 className="px-1 font-medium text-ink-2 text-xs">{t('yourFiles')}</h3>
      {files.length === 0 && <p className="px-1 text-ink-3 text-sm">{t('noFiles')}</p>}
      <ul className="flex flex-col">
        {files.map((file) => (
          <FileRow key={file.id} file={file} choice={choice} onPreview={onPreview} />
        ))}
      </ul>
    </section>
  );
}

function FileRow({
  file: { id, name },
  choice,
  onPreview,
}: {
  file: OwnFile;
  choice: MediaChoice;
  onPreview: (found: Found) => void;
}) {
  const t = useTranslations('media');
  const found: Found = { source: { kind: 'file', documentId: id }, title: name, startMs: 0 };
  return (
    <li className="flex items-center gap-1 rounded-control hover:bg-ink/4">
      <button
        type="button"
        title={t('previewOf', { title: name })}
        onClick={() => onPreview(found)}
        className="min-w-0 flex-1 truncate px-1 py-2 text-left text-sm"
      >
        {name}
      </button>
      <IconButton label={t('queueOf', { title: name })} size="small" onClick={() => choice.queue(found)}>
        <ListPlus size={16} aria-hidden />
      </IconButton>
      <IconButton label={t('playOf', { title: name })} size="small" onClick={() => choice.play(found)}>
        <Play size={16} aria-hidden />
      </IconButton>
    </li>
  );
}

function useOwnFiles() {
  const [files, setFiles] = useState<OwnFile[] | null>(null);
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
  const again = () => {
    setRefusal(null);
    setTries((count) => count + 1);
  };
  return { files, refusal, again };
}
