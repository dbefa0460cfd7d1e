'use client';

import { Video } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { refusalOf, trpc } from '@/components/trpc';
import { Button, type ButtonSize } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { useViewerZone } from '@/components/ui/viewer-zone';

type Props = {
  /** Null: one's own room. */
  courseId: string | null;
  size?: ButtonSize;
};

/** Starts a class that nobody scheduled, and goes there. */
export function MeetNow({ courseId, size }: Props) {
  const t = useTranslations('home');
  const router = useRouter();
  const timeZone = useViewerZone();
  const sentenceOf = useRefusalSentence();
  const [busy, setBusy] = useState(false);

  async function start() {
    setBusy(true);
    try {
      const { slug } = await trpc.home.meetNow.mutate({ courseId, title: t('meetingTitle'), timeZone });
      // Busy until the room is there: a second press would only ask again for what is on its way.
      router.push(`/room/${slug}`);
    } catch (error) {
      setBusy(false);
      await toast(sentenceOf(refusalOf(error)), { tone: 'error' });
    }
  }

  return (
    <Button size={size} icon={<Video size={16} aria-hidden />} busy={busy} onClick={() => void start()}>
      {t('meetNow')}
    </Button>
  );
}
