'use client';

import { useLocale } from 'next-intl';
import { useEffect } from 'react';
import { useWeekdayNames } from './use-weekday-names';
import { dayIn } from '@/components/ui/zones';
import { firstWeekday } from '@/messages/locales';
import { type Aim, useCalendar } from './calendar-context';
import { DayLessons } from './day-lessons';
import { MonthDay } from './month-day';
import { daysBetween, shifted } from './moves';
import { byDay } from './on-days';
import { daysOf } from './span';
import type { CalendarLesson } from './types';

/** A month as whole weeks. On a phone the days carry signs, and the chosen day's lessons stand below. */
export function MonthView({ lessons }: { lessons: readonly CalendarLesson[] }) {
  const { zone, date, now, narrow, moving } = useCalendar();
  const names = useWeekdayNames();
  const dates = daysOf('month', date, firstWeekday(useLocale()));
  const days = byDay(lessons, dates, zone);
  const today = dayIn(zone, now);
  const target = moving && dayIn(zone, moving.to);
  const weeks = Array.from({ length: dates.length / 7 }, (_, week) => dates.slice(week * 7, week * 7 + 7));
  useAim(zone);
  return (
    <div className="flex flex-col gap-6">
      <table className="w-full table-fixed border-separate border-spacing-0 overflow-hidden rounded-panel border border-line">
        <thead>
          <tr>
            {names.map(({ short, long }) => (
              <th
                key={long}
                scope="col"
                abbr={long}
                className="border-line border-b py-1.5 text-center font-medium text-ink-2 text-xs"
              >
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <MonthDay
                  key={day}
                  date={day}
                  lessons={days.get(day) ?? []}
                  outside={day.slice(0, 7) !== date.slice(0, 7)}
                  today={day === today}
                  weeks={weeks.length}
                  ghost={target === day ? moving : null}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {narrow && <DayLessons date={date} lessons={days.get(date) ?? []} headed />}
    </div>
  );
}

/** A lesson goes to the day that it is held over, and keeps its time. */
function useAim(zone: string) {
  const { aimBy } = useCalendar();
  useEffect(() => {
    const aim: Aim = (lesson, x, y) => {
      // Taken from a list that is not a day of the month, it is taken from its own.
      const from = dayAt(x, y) ?? dayIn(zone, lesson.startsAt);
      return (toX, toY) => {
        const to = dayAt(toX, toY);
        return to === null
          ? null
          : shifted(lesson.startsAt, { days: daysBetween(from, to), minutes: 0 }, zone);
      };
    };
    aimBy(aim);
    return () => aimBy(null);
  }, [zone, aimBy]);
}

function dayAt(x: number, y: number): string | null {
  const cell = document.elementsFromPoint(x, y).find((one) => one.matches('td[data-day]'));
  return cell?.getAttribute('data-day') ?? null;
}
