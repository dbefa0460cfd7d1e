'use client';

import { Captions, Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Suspense, useCallback, useEffect, useState } from 'react';
import { lazyPart } from '@/components/ui/lazy-part';
import { useClassroom } from '@/components/classroom/classroom-context';
import { chooseFiles } from '@/components/library/choose-files';
import { UploadList } from '@/components/library/uploads/upload-list';
import { sendFiles } from '@/components/library/uploads/uploads';
import { useUploads } from '@/components/library/uploads/use-uploads';
import { useLibraryNews } from '@/components/library/use-library-news';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { type Refusal, refusalOf, trpc } from '@/components/trpc';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Progress } from '@/components/ui/progress';
import type { Found, MediaChoice } from './media-choice';
import { MediaRow } from './media-row';
import { formatMediaTime } from './media-time';

type OwnFile = Awaited<ReturnType<typeof trpc.documents.playable.query>>['files'][number];

const CaptionsDialog = lazyPart(() => import('./captions-dialog'));

/** How often files are looked at that are being made playable, ms; where there are none, nobody looks. */
const LOOK_AGAIN_MS = 3000;

/** What one's own library has that plays, and the way to put more there. */
export function OwnMedia({ choice, onPreview }: { choice: MediaChoice; onPreview: (found: Found) => void }) {
  const t = useTranslations('media');
  const sentenceOf = useRefusalSentence();
  const { roomId } = useClassroom();
  const { files, refusal, again } = useOwnFiles();
  const [captionsOf, setCaptionsOf] = useState<OwnFile | null>(null);
  const sending = useUploads().filter(({ state }) => state !== 'done');
  const upload = async () =>
    sendFiles(await chooseFiles({ multiple: true }), { folderId: null, replaces: null, roomId });
  const noteOf = ({ plays, durationMs, ahead }: OwnFile) => {
    if (plays) return durationMs !== null && formatMediaTime(durationMs);
    return ahead ? t('inLine', { ahead }) : t('beingConverted');
  };
  return (
    <section aria-label={t('yourFiles')} className="flex flex-col gap-1">
      <div className="flex items-center justify-between gap-2 px-1">
        <h3 className="font-medium text-ink-2 text-xs">{t('yourFiles')}</h3>
        <Button
          size="small"
          variant="quiet"
          icon={<Upload size={15} aria-hidden />}
          onClick={() => void upload()}
        >
          {t('upload')}
        </Button>
      </div>
      {sending.length > 0 && <UploadList list={sending} />}
      {refusal && !files && (
        <div role="alert" className="flex flex-col items-start gap-2 px-1 text-sm">
          <p>{sentenceOf(refusal)}</p>
          <Button size="small" onClick={again}>
            {t('again')}
          </Button>
        </div>
      )}
      {!files && !refusal && <Progress label={t('loading')} className="p-1" />}
      {files?.length === 0 && <p className="px-1 text-ink-3 text-sm">{t('noFiles')}</p>}
      <ul className="flex flex-col">
        {files?.map((file) => (
          <MediaRow
            key={file.id}
            found={{ source: { kind: 'file', documentId: file.id }, title: file.name, startMs: 0 }}
            choice={choice}
            onPreview={onPreview}
            disabled={!file.plays}
            note={noteOf(file)}
            more={
              <IconButton
                label={t('captions.of', { title: file.name })}
                size="small"
                onClick={() => setCaptionsOf(file)}
              >
                <Captions size={16} aria-hidden />
              </IconButton>
            }
          />
        ))}
      </ul>
      <Suspense fallback={null}>
        {captionsOf && <CaptionsDialog film={captionsOf} onClose={() => setCaptionsOf(null)} />}
      </Suspense>
    </section>
  );
}

function useOwnFiles() {
  const [files, setFiles] = useState<readonly OwnFile[] | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [tries, setTries] = useState(0);
  const again = useCallback(() => setTries((count) => count + 1), []);
  useLibraryNews(again);
  useEffect(() => {
    let stale = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    trpc.documents.playable.query().then(
      (found) => {
        if (stale) return;
        setFiles(found.files);
        setRefusal(null);
        if (found.inWork) timer = setTimeout(again, LOOK_AGAIN_MS);
      },
      (error: unknown) => {
        if (!stale) setRefusal(refusalOf(error));
      },
    );
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [tries, again]);
  return { files, refusal, again };
}
