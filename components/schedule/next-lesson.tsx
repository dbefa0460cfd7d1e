'use client';

import { useFormatter, useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Badge } from '@/components/ui/badge';
import { useServerNow } from '@/components/ui/use-server-now';
import { ClassButton } from './class-button';
import { LessonTime } from './lesson-time';
import type { MyCourse, ShownLesson } from './types';

type Props = {
  lesson: ShownLesson;
  course: Pick<MyCourse, 'id' | 'title' | 'role' | 'roomSlug'>;
  now: number;
  /** On a page that is not the course's own: one wide line that names the course. Elsewhere the buttons stand below. */
  wide?: boolean;
  actions?: ReactNode;
};

/** What comes next, as one line with one button. */
export function NextLesson({ lesson, course, now, wide = false, actions }: Props) {
  const t = useTranslations('lesson');
  const live = lesson.status === 'live';
  return (
    <section
      aria-label={t('next')}
      className={`flex flex-col gap-x-6 gap-y-4 rounded-panel border p-4 sm:p-5 ${wide ? 'sm:flex-row sm:items-center' : ''} ${
        live ? 'border-live/40 bg-surface' : 'border-line bg-surface-2'
      }`}
    >
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex min-w-0 items-center gap-2.5">
          <h2 className="line-clamp-2 font-semibold text-lg [overflow-wrap:anywhere]">{lesson.title}</h2>
          {live ? (
            <Badge tone="live" dot>
              {t('live')}
            </Badge>
          ) : (
            <Starts at={lesson.startsAt} now={now} />
          )}
        </div>
        <p className="text-ink-2 text-sm">
          {wide && (
            <>
              <Link
                href={`/courses/${course.id}`}
                className="text-ink underline decoration-control underline-offset-3 hover:text-accent hover:decoration-current"
              >
                {course.title}
              </Link>
              {' · '}
            </>
          )}
          <LessonTime lesson={lesson} now={now} />
        </p>
      </div>
      <div className={`flex flex-wrap items-center gap-2 ${wide ? 'sm:flex-row-reverse' : ''}`}>
        <ClassButton lesson={lesson} course={course} />
        {lesson.link && <CopyButton text={lesson.link} label={t('copyLink')} />}
        {actions && <span className="ml-auto flex">{actions}</span>}
      </div>
    </section>
  );
}

const DAY_MS = 86_400_000;

/** "in 25 minutes", moving on by itself. Beyond a day the date says enough. */
function Starts({ at, now }: { at: number; now: number }) {
  const t = useTranslations('lesson');
  const format = useFormatter();
  const current = useServerNow(now);
  if (at - current > DAY_MS) return null;
  const due = at <= current;
  return (
    <Badge tone={due || at - current < 15 * 60_000 ? 'accent' : 'neutral'}>
      {due ? t('due') : format.relativeTime(at, current)}
    </Badge>
  );
}
