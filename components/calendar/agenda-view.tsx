'use client';

import { CalendarDays } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button, ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { dayIn } from '@/components/ui/zones';
import { useCalendar } from './calendar-context';
import { DayLessons } from './day-lessons';
import { usualStart } from './moves';
import { byDay } from './on-days';
import { daysOf, step } from './span';
import type { CalendarLesson } from './types';

/** Four weeks as a list of the days on which there is something. */
export function AgendaView({ lessons }: { lessons: readonly CalendarLesson[] }) {
  const t = useTranslations('calendar');
  const { zone, date, now, go, schedule } = useCalendar();
  const days = [...byDay(lessons, daysOf('agenda', date), zone)].filter(([, found]) => found.length > 0);
  if (days.length === 0) {
    return (
      <EmptyState
        icon={<CalendarDays size={24} aria-hidden />}
        title={t('empty')}
        action={
          schedule ? (
            <Button variant="primary" onClick={() => schedule(usualStart(dayIn(zone, now), zone), null)}>
              {t('new')}
            </Button>
          ) : (
            <ButtonLink href="/dashboard" variant="primary">
              {t('toClasses')}
            </ButtonLink>
          )
        }
      >
        {schedule ? t('emptyTeach') : t('emptyLearn')}
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="divide-y divide-line border-line border-y">
        {days.map(([day, found]) => (
          <DayLessons key={day} date={day} lessons={found} />
        ))}
      </div>
      <Button
        variant="quiet"
        className="self-center"
        onClick={() => go({ view: 'agenda', date: step('agenda', date, 1) })}
      >
        {t('later')}
      </Button>
    </div>
  );
}
