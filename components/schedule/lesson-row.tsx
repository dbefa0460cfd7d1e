'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { LessonTime } from './lesson-time';
import type { ShownLesson } from './types';

type Props = {
  lesson: ShownLesson;
  now: number;
  course?: string;
  hideDay?: boolean;
  children?: ReactNode;
  below?: ReactNode;
};

/** One lesson of a list. `children` are what one may do with it, `below` what was asked about it. */
export function LessonRow({ lesson, now, course, hideDay, children, below }: Props) {
  const cancelled = lesson.status === 'cancelled';
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="flex min-w-52 flex-1 flex-col gap-0.5">
        <div className="flex min-w-0 items-center gap-2">
          <span className={`truncate font-medium ${cancelled ? 'text-ink-3 line-through' : ''}`}>
            {lesson.title}
          </span>
          <LessonState lesson={lesson} now={now} />
        </div>
        <span className="text-ink-2 text-xs">
          {course && <>{course} · </>}
          <LessonTime lesson={lesson} now={now} hideDay={hideDay} />
        </span>
      </div>
      {children && <div className="flex items-center gap-1">{children}</div>}
      {below && <div className="min-w-0 basis-full empty:hidden">{below}</div>}
    </li>
  );
}

function LessonState({ lesson, now }: { lesson: ShownLesson; now: number }) {
  const t = useTranslations('lesson');
  const over = lesson.startsAt + lesson.durationMinutes * 60_000 <= now;
  switch (lesson.status) {
    case 'live':
      return (
        <Badge tone="live" dot>
          {t('live')}
        </Badge>
      );
    case 'cancelled':
      return <Badge>{t('cancelled')}</Badge>;
    case 'scheduled':
      return over ? <Badge>{t('notHeld')}</Badge> : null;
    case 'ended':
      return null;
    default:
      return lesson.status satisfies never;
  }
}
