'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { refusalOf, trpc } from '@/components/trpc';
import { Button, ButtonLink, type ButtonVariant } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { type LessonView, type MyCourse, runsLessons } from './types';

type Props = {
  lesson: Pick<LessonView, 'id' | 'status'>;
  course: Pick<MyCourse, 'role' | 'roomSlug'>;
  variant?: ButtonVariant;
};

/** The one button of a lesson: its teacher starts the class, everybody else joins it. */
export function ClassButton({ lesson, course, variant = 'primary' }: Props) {
  const t = useTranslations('lesson');
  const room = `/room/${course.roomSlug}`;
  if (lesson.status === 'scheduled' && runsLessons(course.role)) {
    return <StartButton lessonId={lesson.id} room={room} variant={variant} />;
  }
  return (
    <ButtonLink href={room} variant={variant} prefetch={false}>
      {t('join')}
    </ButtonLink>
  );
}

function StartButton({
  lessonId,
  room,
  variant,
}: {
  lessonId: string;
  room: string;
  variant: ButtonVariant;
}) {
  const t = useTranslations('lesson');
  const router = useRouter();
  const sentenceOf = useRefusalSentence();
  const [busy, setBusy] = useState(false);

  async function start() {
    setBusy(true);
    try {
      await trpc.lessons.start.mutate({ lessonId });
      // Busy until the room is there: a second press would only ask again for what is on its way.
      router.push(room);
    } catch (error) {
      setBusy(false);
      await toast(sentenceOf(refusalOf(error)), { tone: 'error' });
    }
  }

  return (
    <Button variant={variant} busy={busy} onClick={() => void start()}>
      {t('start')}
    </Button>
  );
}
