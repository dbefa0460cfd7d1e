'use client';

import { useTranslations } from 'next-intl';
import { useWhen } from '@/components/ui/when';
import type { ShownLesson } from './types';

type Props = {
  lesson: Pick<ShownLesson, 'startsAt' | 'durationMinutes' | 'timeZone'>;
  now: number /** Leaves the day out where it stands over the list. */;
  hideDay?: boolean;
};

/** When a lesson is, on the viewer's clock, and on its own where that shows something else. */
export function LessonTime({ lesson, now, hideDay = false }: Props) {
  const t = useTranslations('lesson');
  const when = useWhen(now);
  const elsewhere = when.elsewhere(lesson.startsAt, lesson.timeZone);
  return (
    <time dateTime={new Date(lesson.startsAt).toISOString()} title={t('yourZone', { zone: when.zone })}>
      {!hideDay && <>{when.day(lesson.startsAt)}, </>}
      <span className="whitespace-nowrap">{when.span(lesson.startsAt, lesson.durationMinutes)}</span>{' '}
      <span className="text-ink-3">{when.zoneShort(lesson.startsAt)}</span>
      {elsewhere && <span className="text-ink-3"> · {elsewhere}</span>}
    </time>
  );
}
