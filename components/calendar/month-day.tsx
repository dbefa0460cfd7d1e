'use client';

import { useTranslations } from 'next-intl';
import { createElement } from 'react';
import { useWhen } from '@/components/ui/when';
import { type Moving, useCalendar } from './calendar-context';
import { LessonButton } from './lesson-button';
import { lookOf, SIGNS } from './lesson-look';
import { usualStart } from './moves';
import { endOf, type OnDay } from './on-days';
import { type CalendarLesson, partIn } from './types';
import { useDayName } from './use-day-name';

/** As many lines as a day has room for, in a month of five weeks and of six. */
const linesOf = (weeks: number) => (weeks > 5 ? 3 : 4);

type Props = {
  date: string;
  lessons: readonly OnDay<CalendarLesson>[];
  outside: boolean;
  today: boolean;
  /** How many the month has: its days share the window's height. */
  weeks: number;
  ghost: Moving | null;
};

export function MonthDay(props: Props) {
  const { narrow } = useCalendar();
  return narrow ? <SmallDay {...props} /> : <WideDay {...props} />;
}

const EDGES = 'border-line border-b border-l first:border-l-0 [tr:last-child>&]:border-b-0';

function WideDay({ date, lessons, outside, today, weeks, ghost }: Props) {
  const t = useTranslations('calendar');
  const { zone, schedule, go } = useCalendar();
  const dayName = useDayName();
  const lines = linesOf(weeks);
  const shown = lessons.length > lines ? lessons.slice(0, lines - 1) : lessons;
  const more = lessons.length - shown.length;
  return (
    <td
      data-day={date}
      style={{ height: `max(7rem, calc((100dvh - 13.75rem) / ${weeks}))` }}
      className={`relative p-1 align-top ${EDGES} ${outside ? 'bg-surface-2' : ''} ${ghost ? 'outline-2 outline-accent -outline-offset-2' : ''}`}
    >
      {schedule && (
        <button
          type="button"
          // The same is done by the button above and its key; a stop at each day would be in the way.
          tabIndex={-1}
          aria-label={t('newOn', { day: dayName(date) })}
          onClick={() => schedule(usualStart(date, zone), null)}
          className="absolute inset-0 hover:bg-ink/3"
        />
      )}
      <div className="pointer-events-none relative flex flex-col gap-0.5 [&_button]:pointer-events-auto">
        <DayNumber date={date} name={dayName(date)} today={today} outside={outside} />
        <ul className="flex flex-col gap-0.5">
          {shown.map(({ lesson, begins }) => (
            <li key={lesson.id}>
              <Line lesson={lesson} begins={begins} />
            </li>
          ))}
        </ul>
        {ghost && <GhostLine {...ghost} />}
        {more > 0 && (
          <button
            type="button"
            onClick={() => go({ view: 'agenda', date })}
            className="self-start rounded-control px-1.5 text-ink-2 text-xs hover:bg-ink/6"
          >
            {t('more', { count: more })}
          </button>
        )}
      </div>
    </td>
  );
}

type NumberProps = { date: string; name: string; today: boolean; outside: boolean };

function DayNumber({ date, name, today, outside }: NumberProps) {
  const look = today ? 'bg-accent font-medium text-on-accent' : outside ? 'text-ink-3' : 'text-ink-2';
  return (
    <span className="flex justify-end">
      <time
        dateTime={date}
        aria-label={name}
        aria-current={today ? 'date' : undefined}
        className={`grid size-6 place-items-center rounded-full text-xs tabular-nums ${look}`}
      >
        {Number(date.slice(8))}
      </time>
    </span>
  );
}

function Line({ lesson, begins }: { lesson: CalendarLesson; begins: boolean }) {
  const t = useTranslations('calendar');
  const { now } = useCalendar();
  const when = useWhen(now);
  return (
    <LessonButton lesson={lesson} className="flex h-6 w-full items-center gap-1 px-1">
      {createElement(SIGNS[partIn(lesson)], { size: 12, 'aria-hidden': true, className: 'shrink-0' })}
      {lesson.status === 'live' && (
        <span className="shrink-0 rounded-full bg-live px-1.5 font-medium text-[11px] text-on-live">
          {t('state.live')}
        </span>
      )}
      <span className="shrink-0 tabular-nums">
        {begins ? when.time(lesson.startsAt) : t('until', { time: when.time(endOf(lesson)) })}
      </span>
      <span className="truncate font-medium">{lesson.title}</span>
    </LessonButton>
  );
}

function GhostLine({ lesson, to }: Moving) {
  const { now } = useCalendar();
  const when = useWhen(now);
  return (
    <div
      data-ghost
      className={`flex h-6 items-center gap-1 overflow-hidden rounded-control px-1 text-xs shadow-float ${lookOf({ ...lesson, startsAt: to }, now)}`}
    >
      <span className="shrink-0 tabular-nums">{when.time(to)}</span>
      <span className="truncate font-medium">{lesson.title}</span>
    </div>
  );
}

/** On a phone: a number and signs, all of it one thing to press. */
function SmallDay({ date, lessons, outside, today, ghost }: Props) {
  const t = useTranslations('calendar');
  const { go, date: chosen } = useCalendar();
  const dayName = useDayName();
  const signs = lessons.slice(0, 3);
  return (
    <td data-day={date} className={`p-0 align-top ${EDGES} ${outside ? 'bg-surface-2' : ''}`}>
      <button
        type="button"
        aria-pressed={date === chosen}
        aria-label={t('dayWith', { day: dayName(date), count: lessons.length })}
        onClick={() => go({ view: 'month', date })}
        className={`flex h-14 w-full flex-col items-center gap-1 pt-1 ${date === chosen || ghost ? 'outline-2 outline-accent -outline-offset-2' : ''}`}
      >
        <span
          className={`grid size-6 place-items-center rounded-full text-xs tabular-nums ${today ? 'bg-accent font-medium text-on-accent' : outside ? 'text-ink-3' : ''}`}
        >
          {Number(date.slice(8))}
        </span>
        <span className="flex h-3 items-center gap-0.5">
          {signs.map(({ lesson }) => (
            <span
              key={lesson.id}
              className={
                lesson.status === 'live'
                  ? 'text-live'
                  : partIn(lesson) === 'teach'
                    ? 'text-accent'
                    : 'text-ink-2'
              }
            >
              {createElement(SIGNS[partIn(lesson)], { size: 11, 'aria-hidden': true })}
            </span>
          ))}
          {lessons.length > signs.length && <span className="text-[11px] text-ink-2 leading-none">+</span>}
        </span>
      </button>
    </td>
  );
}
