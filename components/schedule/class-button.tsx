'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Button, ButtonLink, type ButtonVariant } from '@/components/ui/button';
import { useAttempt } from '@/components/ui/use-attempt';
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
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);

  async function start() {
    setBusy(true);
    // Busy until the room is there: a second press would only ask again for what is on its way.
    if (await attempt(() => trpc.lessons.start.mutate({ lessonId }))) router.push(room);
    else setBusy(false);
  }

  return (
    <Button variant={variant} busy={busy} onClick={() => void start()}>
      {t('start')}
    </Button>
  );
}
