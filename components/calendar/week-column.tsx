'use client';

import { useTranslations } from 'next-intl';
import { createElement, useEffect, useRef } from 'react';
import { useWhen } from '@/components/ui/when';
import { type Axis, type AxisDay, gapsOf, placeAt, spanOn } from './axis';
import { type Moving, useCalendar } from './calendar-context';
import { placeInColumns } from './columns';
import { LessonButton } from './lesson-button';
import { lookOf, SIGNS } from './lesson-look';
import { PX_PER_MINUTE } from './moment-at';
import { endOf } from './on-days';
import { type CalendarLesson, partIn } from './types';
import type { Drawn } from './use-drawing';

/** The least height that can still be read and pressed: 22 pixels. */
const LEAST_MINUTES = 28;

type Props = {
  axis: Axis;
  day: AxisDay;
  lessons: readonly CalendarLesson[];
  moving: Moving | null;
  drawn: Drawn | null;
  current: number;
};

/** A day of a week. */
export function WeekColumn({ axis, day, lessons, moving, drawn, current }: Props) {
  const t = useTranslations('calendar');
  const now = placeAt(day, current);
  const spans = lessons.flatMap((lesson) => {
    const span = spanOn(day, lesson.startsAt, endOf(lesson));
    return span ? [{ lesson, ...span, bottom: Math.max(span.bottom, span.top + LEAST_MINUTES) }] : [];
  });
  return (
    <div
      data-day={day.date}
      className="relative border-line border-l"
      style={{ height: axis.length * PX_PER_MINUTE }}
    >
      {gapsOf(axis, day).map((gap) => (
        <div
          key={gap.top}
          title={t('noSuchHour')}
          className="absolute inset-x-0 bg-[repeating-linear-gradient(135deg,var(--line)_0_1px,transparent_1px_7px)]"
          style={at(gap)}
        />
      ))}
      <ul>
        {placeInColumns(spans).map(({ lesson, top, bottom, column, columns, width }) => (
          <li key={lesson.id}>
            <LessonButton
              lesson={lesson}
              className="absolute flex flex-col px-1.5 py-0.5 hover:z-10 focus-visible:z-10"
              style={{
                ...at({ top, bottom }),
                left: `calc(${(column / columns) * 100}% + 1px)`,
                width: `calc(${(width / columns) * 100}% - 4px)`,
              }}
            >
              <LessonWords lesson={lesson} minutes={bottom - top} broad={width / columns > 0.6} />
            </LessonButton>
          </li>
        ))}
      </ul>
      {moving && <Ghost day={day} {...moving} />}
      {drawn && <Outline day={day} drawn={drawn} />}
      {now !== null && (
        <div
          className="pointer-events-none absolute inset-x-0 z-10 border-live border-t-2 before:absolute before:-top-[5px] before:-left-1 before:size-2 before:rounded-full before:bg-live"
          style={{ top: now * PX_PER_MINUTE }}
        />
      )}
    </div>
  );
}

const at = ({ top, bottom }: { top: number; bottom: number }) => ({
  top: top * PX_PER_MINUTE,
  height: (bottom - top) * PX_PER_MINUTE - 1,
});

/** From how tall on there is room for a second line, and for a third: 36 and 54 pixels. */
const SECOND_MINUTES = 45;
const THIRD_MINUTES = 68;

type WordsProps = {
  lesson: CalendarLesson;
  minutes: number;
  /** It has most of its day's width. */
  broad: boolean;
};

function LessonWords({ lesson, minutes, broad }: WordsProps) {
  const t = useTranslations('calendar');
  const { now } = useCalendar();
  const when = useWhen(now);
  const time = when.time(lesson.startsAt);
  return (
    <>
      <span className="flex min-w-0 items-center gap-1">
        {broad &&
          createElement(SIGNS[partIn(lesson)], { size: 12, 'aria-hidden': true, className: 'shrink-0' })}
        {lesson.status === 'live' && (
          <span className="shrink-0 rounded-full bg-live px-1.5 font-medium text-[11px] text-on-live">
            {t('state.live')}
          </span>
        )}
        <span className="truncate font-medium">{lesson.title}</span>
        {minutes < SECOND_MINUTES && broad && <span className="shrink-0 tabular-nums">{time}</span>}
      </span>
      {minutes >= SECOND_MINUTES && (
        <span className="truncate tabular-nums">
          {broad ? when.span(lesson.startsAt, lesson.durationMinutes) : time}
        </span>
      )}
      {minutes >= THIRD_MINUTES && (
        <span className="flex min-w-0 items-center gap-1 text-ink-2">
          {!broad &&
            createElement(SIGNS[partIn(lesson)], { size: 12, 'aria-hidden': true, className: 'shrink-0' })}
          <span className="truncate">{lesson.courseTitle}</span>
        </span>
      )}
    </>
  );
}

/** Where a lesson that is being moved would be. */
function Ghost({ day, lesson, to, by }: { day: AxisDay } & Moving) {
  const { now } = useCalendar();
  const when = useWhen(now);
  const box = useRef<HTMLDivElement>(null);
  const span = spanOn(day, to, to + lesson.durationMinutes * 60_000);
  useEffect(() => {
    if (by === 'keys') box.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [to, by]);
  if (!span) return null;
  return (
    <div
      ref={box}
      data-ghost
      className={`pointer-events-none absolute inset-x-0.5 z-20 scroll-mt-16 overflow-hidden rounded-control px-1.5 py-1 text-xs leading-tight shadow-float outline-2 outline-accent ${lookOf({ ...lesson, startsAt: to }, now)}`}
      style={at(span)}
    >
      <span className="block truncate font-medium">{lesson.title}</span>
      <span className="tabular-nums">{when.span(to, lesson.durationMinutes)}</span>
    </div>
  );
}

function Outline({ day, drawn }: { day: AxisDay; drawn: Drawn }) {
  const { now } = useCalendar();
  const when = useWhen(now);
  const span = spanOn(day, drawn.at, drawn.at + drawn.minutes * 60_000);
  if (!span) return null;
  return (
    <div
      className="pointer-events-none absolute inset-x-0.5 z-10 rounded-control border-2 border-accent border-dashed bg-accent/10 px-1.5 py-0.5 text-xs tabular-nums"
      style={at(span)}
    >
      {when.span(drawn.at, drawn.minutes)}
    </div>
  );
}
