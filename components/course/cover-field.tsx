'use client';

import { ImagePlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { chooseFiles } from '@/components/library/choose-files';
import { libraryChanged } from '@/components/library/library-signal';
import { fingerprintOf, uploadFile, UploadRefused } from '@/components/library/uploads/upload-file';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { KeepFresh } from '@/components/ui/keep-fresh';
import { Spinner } from '@/components/ui/spinner';
import { CoverPicture } from './cover-picture';
import { useSaving } from './saving';
import type { CourseSettings } from './types';

const AT_THE_TOP = { folderId: null, replaces: null, roomId: null };
/** The picture is drawn by a job of its own: looked for until it is there. */
const LOOK_MS = 1_500;

/** The picture of a course: uploaded into the library as any file is, and shown from there. */
export function CoverField({
  courseId,
  title,
  cover,
}: {
  courseId: string;
  title: string;
  cover: CourseSettings['cover'];
}) {
  const t = useTranslations('courseSettings.cover');
  const call = useSaving();
  const sentenceOf = useRefusalSentence();
  const [sent, setSent] = useState<number | null>(null);
  const [refused, setRefused] = useState<string | null>(null);

  async function choose() {
    const [file] = await chooseFiles({ multiple: false });
    if (!file) return;
    setRefused(null);
    setSent(0);
    try {
      const documentId = await uploadFile(file, {
        fingerprint: await fingerprintOf(file, AT_THE_TOP),
        target: AT_THE_TOP,
        onProgress: (bytes) => setSent(Math.round((bytes / file.size) * 100)),
        signal: new AbortController().signal,
      });
      libraryChanged();
      await call.save(() => trpc.courses.setCover.mutate({ courseId, documentId }), t('taken'));
    } catch (error) {
      if (!(error instanceof UploadRefused)) throw error;
      setRefused(sentenceOf({ code: error.code }));
    } finally {
      setSent(null);
    }
  }

  const making = cover !== null && cover.url === null && cover.failure === null;
  const problem = cover?.failure ? sentenceOf({ code: cover.failure }) : null;
  const wrong = call.reason === 'notPicture' ? t('notPicture') : (refused ?? problem ?? call.sentence);
  return (
    <div className="flex flex-col gap-3">
      <h2 className="font-semibold text-base">{t('title')}</h2>
      <div className="relative aspect-16/9 w-full max-w-md overflow-hidden rounded-panel border border-line bg-surface-2">
        <CoverPicture title={title} url={cover?.url ?? null} />
        {(making || sent !== null) && (
          <span
            role="status"
            className="absolute inset-0 grid place-items-center bg-surface/80 text-ink-2 text-sm"
          >
            <span className="flex items-center gap-2">
              <Spinner />
              {sent === null ? t('making') : t('sending', { share: sent / 100 })}
            </span>
          </span>
        )}
      </div>
      {making && <KeepFresh everyMs={LOOK_MS} />}
      <p className="max-w-md text-ink-3 text-xs">{t('hint')}</p>
      {wrong && <Banner tone="warn">{wrong}</Banner>}
      <div className="flex gap-2">
        <Button
          icon={<ImagePlus size={16} aria-hidden />}
          busy={sent !== null || call.busy}
          onClick={() => void choose()}
        >
          {cover ? t('replace') : t('choose')}
        </Button>
        {cover && (
          <Button
            variant="quiet"
            disabled={call.busy}
            onClick={() =>
              void call.save(() => trpc.courses.setCover.mutate({ courseId, documentId: null }), t('removed'))
            }
          >
            {t('remove')}
          </Button>
        )}
      </div>
    </div>
  );
}
