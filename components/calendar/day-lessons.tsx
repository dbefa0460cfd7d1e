'use client';

import { useTranslations } from 'next-intl';
import { createElement } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { useWhen } from '@/components/ui/when';
import { dayIn } from '@/components/ui/zones';
import { useCalendar } from './calendar-context';
import { LessonButton } from './lesson-button';
import { SIGNS } from './lesson-look';
import { usualStart } from './moves';
import { endOf, type OnDay } from './on-days';
import { type CalendarLesson, partIn } from './types';
import { useDayName } from './use-day-name';

type Props = {
  date: string;
  lessons: readonly OnDay<CalendarLesson>[];
  /** Says so where there is nothing, and what to do about it. */
  headed?: boolean;
};

/** The lessons of one day as lines. */
export function DayLessons({ date, lessons, headed = false }: Props) {
  const t = useTranslations('calendar');
  const { zone, now, schedule } = useCalendar();
  const today = dayIn(zone, now);
  const name = useDayName()(date);
  return (
    <section
      aria-label={name}
      className="grid gap-x-6 gap-y-1 py-2 sm:grid-cols-[11rem_minmax(0,1fr)] sm:py-3"
    >
      <h2
        className={`pt-2 text-sm first-letter:uppercase ${date === today ? 'font-semibold text-accent-strong' : 'font-medium text-ink-2'}`}
      >
        {date === today ? t('todayIs', { day: name }) : name}
      </h2>
      <ul className="flex flex-col gap-1">
        {lessons.map(({ lesson, begins }) => (
          <li key={lesson.id}>
            <Row lesson={lesson} begins={begins} />
          </li>
        ))}
      </ul>
      {headed && lessons.length === 0 && (
        <div className="flex flex-wrap items-center justify-between gap-2 py-1.5 text-ink-2 text-sm">
          {t('noneOnDay')}
          {schedule && (
            <Button size="small" onClick={() => schedule(usualStart(date, zone), null)}>
              {t('new')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function Row({ lesson, begins }: { lesson: CalendarLesson; begins: boolean }) {
  const t = useTranslations('calendar');
  const { now } = useCalendar();
  const when = useWhen(now);
  const off = lesson.status === 'cancelled';
  return (
    <LessonButton
      lesson={lesson}
      plain
      className="flex w-full items-start gap-3 px-2 py-2 hover:bg-ink/4 sm:items-center"
    >
      <span
        aria-hidden
        className={`grid size-8 shrink-0 place-items-center rounded-control ${partIn(lesson) === 'teach' ? 'bg-lesson text-accent-strong' : 'border border-control/60 text-ink-2'}`}
      >
        {createElement(SIGNS[partIn(lesson)], { size: 16 })}
      </span>
      <span className="flex min-w-0 flex-1 flex-col gap-0.5 sm:flex-row sm:items-baseline sm:gap-4">
        <span className="w-40 shrink-0 text-ink-2 text-sm tabular-nums">
          {begins
            ? when.span(lesson.startsAt, lesson.durationMinutes)
            : t('until', { time: when.time(endOf(lesson)) })}
        </span>
        <span className="min-w-0 flex-1">
          <span className={`block truncate font-medium text-sm ${off ? 'text-ink-3 line-through' : ''}`}>
            {lesson.title}
          </span>
          <span className="block truncate text-ink-2 text-xs">{lesson.courseTitle}</span>
        </span>
      </span>
      {lesson.status === 'live' && (
        <Badge tone="live" dot>
          {t('state.live')}
        </Badge>
      )}
      {off && <Badge>{t('state.cancelled')}</Badge>}
    </LessonButton>
  );
}
