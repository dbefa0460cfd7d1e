'use client';

import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useServerNow } from '@/components/ui/use-server-now';
import { dayIn } from '@/components/ui/zones';
import { type Axis, makeAxis } from './axis';
import { firstWeekday } from '@/messages/locales';
import { useCalendar } from './calendar-context';
import { momentAt, PX_PER_MINUTE } from './moment-at';
import { toStep } from './moves';
import { openingScroll } from './opening-scroll';
import { daysOf } from './span';
import type { CalendarLesson } from './types';
import { useDrawing } from './use-drawing';
import { WeekColumn } from './week-column';

/** A week as seven columns of hours, on the viewer's clock. */
export function WeekView({ lessons }: { lessons: readonly CalendarLesson[] }) {
  const t = useTranslations('calendar');
  const { zone, date, now, moving, schedule } = useCalendar();
  const firstDay = firstWeekday(useLocale());
  const dates = useMemo(() => daysOf('week', date, firstDay), [date, firstDay]);
  const axis = useMemo(() => makeAxis(dates, zone), [dates, zone]);
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  useAim(axis, grid);
  const opensAt = openingScroll(axis, now);
  useOpeningScroll(scroller, opensAt);
  const drawn = useDrawing(axis, grid, schedule);
  const current = useServerNow(now);
  const today = dayIn(zone, current);
  return (
    <div
      ref={scroller}
      data-opens-at={opensAt}
      role="region"
      aria-label={t('weekGrid')}
      // Scrolled by keys too.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="h-[calc(100dvh-12.5rem)] min-h-96 overflow-auto overscroll-contain rounded-panel border border-line bg-surface -outline-offset-2"
    >
      <div className="grid min-w-[60rem] lg:min-w-0 grid-cols-[4.5rem_repeat(7,minmax(0,1fr))]">
        <div className="sticky top-0 left-0 z-30 border-line border-b bg-surface" />
        {dates.map((day) => (
          <DayHead key={day} date={day} today={day === today} />
        ))}
        <Hours axis={axis} />
        <div ref={grid} className="relative col-span-7 grid touch-pan-x touch-pan-y grid-cols-7">
          {axis.lines.map((line) => (
            <div
              key={line.at}
              className="pointer-events-none absolute inset-x-0 border-line border-t first:border-t-0"
              style={{ top: line.at * PX_PER_MINUTE }}
            />
          ))}
          {axis.days.map((day) => (
            <WeekColumn
              key={day.date}
              axis={axis}
              day={day}
              lessons={lessons}
              moving={moving}
              drawn={drawn}
              current={current}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function DayHead({ date, today }: { date: string; today: boolean }) {
  const format = useFormatter();
  const at = new Date(`${date}T12:00:00Z`);
  const part = (options: { weekday?: 'short' | 'long'; day?: 'numeric'; month?: 'long' }) =>
    format.dateTime(at, { ...options, timeZone: 'UTC' });
  return (
    <div className="sticky top-0 z-20 flex items-baseline justify-center gap-1.5 border-line border-b border-l bg-surface py-2 text-sm">
      <span className="sr-only">{part({ weekday: 'long', day: 'numeric', month: 'long' })}</span>
      <span aria-hidden className="text-ink-2">
        {part({ weekday: 'short' })}
      </span>
      <span
        aria-hidden
        className={`grid size-6 place-items-center rounded-full font-medium tabular-nums ${today ? 'bg-accent text-on-accent' : ''}`}
      >
        {Number(date.slice(8))}
      </span>
    </div>
  );
}

function Hours({ axis }: { axis: Axis }) {
  const t = useTranslations('calendar');
  const format = useFormatter();
  return (
    <div
      aria-hidden
      className="sticky left-0 z-10 bg-surface text-ink-3 text-xs tabular-nums"
      style={{ height: axis.length * PX_PER_MINUTE }}
    >
      {axis.lines.slice(1).map(({ at, clock, again }) => {
        const hour = format.dateTime(clock * 60_000, { hour: 'numeric', timeZone: 'UTC' });
        return (
          <span
            key={at}
            className="absolute right-1.5 -translate-y-1/2 whitespace-nowrap text-right text-[12px]"
            style={{ top: at * PX_PER_MINUTE }}
          >
            {again ? t('again', { hour }) : hour}
          </span>
        );
      })}
    </div>
  );
}

type Box = RefObject<HTMLDivElement | null>;

/** A lesson begins where it is held to, in quarters of an hour. */
function useAim(axis: Axis, grid: Box) {
  const { aimBy } = useCalendar();
  useEffect(() => {
    aimBy((lesson, x, y) => {
      const locate = (atX: number, atY: number) => momentAt(axis, grid.current, atX, atY);
      const from = locate(x, y);
      if (from === null) return null;
      const held = from - lesson.startsAt;
      return (toX, toY) => {
        const to = locate(toX, toY);
        return to === null ? null : toStep(to - held);
      };
    });
    return () => aimBy(null);
  }, [axis, grid, aimBy]);
}

/** Opens at its hour before it is painted; where the page came with it, it is there already, or somebody has scrolled on since. */
function useOpeningScroll(scroller: Box, opensAt: number) {
  const opened = useRef(false);
  useLayoutEffect(() => {
    if (opened.current || !scroller.current) return;
    opened.current = true;
    if (scroller.current.scrollTop === 0) scroller.current.scrollTop = opensAt;
  }, [scroller, opensAt]);
}
