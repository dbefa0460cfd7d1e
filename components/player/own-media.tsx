'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { type Refusal, refusalOf, trpc } from '@/components/trpc';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import type { Found, MediaChoice } from './media-choice';
import { MediaRow } from './media-row';

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
          <MediaRow key={file.id} found={foundOf(file)} choice={choice} onPreview={onPreview} />
        ))}
      </ul>
    </section>
  );
}

function foundOf({ id, name }: OwnFile): Found {
  return { source: { kind: 'file', documentId: id }, title: name, startMs: 0 };
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
