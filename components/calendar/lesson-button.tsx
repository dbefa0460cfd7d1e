'use client';

import { useTranslations } from 'next-intl';
import type { CSSProperties, ReactNode } from 'react';
import { useWhen } from '@/components/ui/when';
import { useCalendar } from './calendar-context';
import { lookOf } from './lesson-look';
import { type CalendarLesson, mayMove, partIn } from './types';

type Props = {
  lesson: CalendarLesson;
  className: string;
  style?: CSSProperties;
  /** Looks like a line of a list, not like a block of colour. */
  plain?: boolean;
  children: ReactNode;
};

/** What stands for a lesson wherever it is shown: pressed it opens, dragged or picked up (G) it moves. */
export function LessonButton({ lesson, className, style, plain = false, children }: Props) {
  const { now, moving, open, grab, lift } = useCalendar();
  const name = useLessonName();
  const movable = mayMove(lesson);
  const away = moving?.lesson.id === lesson.id;
  return (
    <button
      type="button"
      data-lesson={lesson.id}
      aria-haspopup="dialog"
      aria-keyshortcuts={movable ? 'G' : undefined}
      style={style}
      onClick={(event) => open(lesson, event.currentTarget)}
      onPointerDown={(event) => grab(event.nativeEvent, lesson)}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() !== 'g' || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        lift(lesson);
      }}
      className={`select-none overflow-hidden rounded-control text-left text-xs leading-tight [-webkit-touch-callout:none] ${plain ? '' : lookOf(lesson, now)} ${away ? 'opacity-45' : ''} ${className}`}
    >
      <span className="sr-only">{name(lesson)}</span>
      <span aria-hidden className="contents">
        {children}
      </span>
    </button>
  );
}

/** A lesson in one line, as it is read out. */
export function useLessonName(): (lesson: CalendarLesson) => string {
  const t = useTranslations('calendar');
  const { now } = useCalendar();
  const when = useWhen(now);
  return (lesson) =>
    [
      lesson.title,
      lesson.courseTitle,
      `${when.day(lesson.startsAt)}, ${when.span(lesson.startsAt, lesson.durationMinutes)}`,
      t(`part.${partIn(lesson)}`),
      ...(lesson.status === 'live' || lesson.status === 'cancelled' ? [t(`state.${lesson.status}`)] : []),
    ].join(', ');
}
