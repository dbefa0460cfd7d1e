'use client';

import { CalendarPlus, ChevronLeft, ChevronRight, Rss } from 'lucide-react';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { createElement, useState } from 'react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { plain } from '@/components/ui/when';
import { dayIn, zoneName, zonePlace } from '@/components/ui/zones';
import { firstWeekday } from '@/messages/locales';
import { useCalendar } from './calendar-context';
import { SIGNS } from './lesson-look';
import { daysOf, step, type View, VIEWS } from './span';
import { SubscribeDialog } from './subscribe-dialog';
import { type CalendarLesson, partIn } from './types';

type Props = {
  view: View;
  lessons: readonly CalendarLesson[];
  onNew: (() => void) | null;
  pending: boolean;
};

/** What is shown, the way to what is before and after it, and what else one does with a calendar. */
export function CalendarBar({ view, lessons, onNew, pending }: Props) {
  const t = useTranslations('calendar');
  const { go, date, zone, now, narrow } = useCalendar();
  const [subscribing, setSubscribing] = useState(false);
  const isToday = date === dayIn(zone, now);
  return (
    <div className="mb-4 flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-3 sm:gap-x-4">
        <h1
          aria-busy={pending}
          className="min-w-0 flex-1 font-semibold text-lg max-sm:basis-[calc(100%-6rem)] sm:text-xl"
        >
          <span className="sr-only">{t('title')}</span>{' '}
          <span className="inline-block first-letter:uppercase">
            <Period view={view} date={date} />
          </span>
        </h1>
        <Button
          size="small"
          title={t('keys.today')}
          aria-current={isToday ? 'date' : undefined}
          onClick={() => go({ view, date: null })}
          className="max-sm:order-1"
        >
          {t('today')}
        </Button>
        <div className="flex items-center sm:-ml-3">
          <IconButton
            label={t('previous')}
            shortcut="←"
            onClick={() => go({ view, date: step(view, date, -1) })}
          >
            <ChevronLeft size={18} />
          </IconButton>
          <IconButton label={t('next')} shortcut="→" onClick={() => go({ view, date: step(view, date, 1) })}>
            <ChevronRight size={18} />
          </IconButton>
        </div>
        <ViewChoice view={view} narrow={narrow} onChoose={(one) => go({ view: one, date })} />
        <div className="flex items-center gap-2 max-sm:order-3 max-sm:ml-auto">
          <Button
            size="small"
            icon={<Rss size={15} aria-hidden />}
            onClick={() => setSubscribing(true)}
            className="max-sm:gap-0 max-sm:px-2.5"
          >
            <span className="max-sm:sr-only">{t('subscribe.open')}</span>
          </Button>
          {onNew && (
            <Button
              size="small"
              variant="primary"
              title={t('keys.new')}
              icon={<CalendarPlus size={15} aria-hidden />}
              onClick={onNew}
              className="max-sm:gap-0 max-sm:px-2.5"
            >
              <span className="max-sm:sr-only">{t('new')}</span>
            </Button>
          )}
        </div>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 text-ink-2 text-xs">
        <ZoneLine zone={zone} at={now} />
        <Legend lessons={lessons} />
      </div>
      {subscribing && <SubscribeDialog onClose={() => setSubscribing(false)} />}
    </div>
  );
}

function Period({ view, date }: { view: View; date: string }) {
  const format = useFormatter();
  const firstDay = firstWeekday(useLocale());
  const at = (day: string) => new Date(`${day}T12:00:00Z`);
  if (view === 'month')
    return plain(format.dateTime(at(date), { month: 'long', year: 'numeric', timeZone: 'UTC' }));
  const days = daysOf(view, date, firstDay);
  return plain(
    format.dateTimeRange(at(days[0] ?? date), at(days.at(-1) ?? date), {
      ...{ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' },
    } as const),
  );
}

type ChoiceProps = { view: View; narrow: boolean; onChoose: (view: View) => void };

/** On a phone a week has no room to be read in; who has its address still sees it. */
function ViewChoice({ view, narrow, onChoose }: ChoiceProps) {
  const t = useTranslations('calendar');
  const offered = VIEWS.filter((one) => !narrow || one !== 'week' || view === 'week');
  return (
    <div
      role="group"
      aria-label={t('views.label')}
      className="flex rounded-control border border-line p-0.5 max-sm:order-2"
    >
      {offered.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === view}
          title={t(`keys.${one}`)}
          onClick={() => onChoose(one)}
          className={`h-7 rounded-[4px] px-2.5 text-xs ${one === view ? 'bg-ink/8 font-medium text-ink' : 'text-ink-2 hover:text-ink'}`}
        >
          {t(`views.${one}`)}
        </button>
      ))}
    </div>
  );
}

function ZoneLine({ zone, at }: { zone: string; at: number }) {
  const t = useTranslations('calendar');
  const locale = useLocale();
  return (
    // What a zone is called may differ between the server's names and the browser's.
    <p suppressHydrationWarning>
      {t('zone', { place: zonePlace(zone), name: zoneName(locale, zone, at, 'long') })}
    </p>
  );
}

/** What the signs mean, where there is more than one. */
function Legend({ lessons }: { lessons: readonly CalendarLesson[] }) {
  const t = useTranslations('calendar');
  const parts = (['teach', 'present', 'learn'] as const).filter((part) =>
    lessons.some((lesson) => partIn(lesson) === part),
  );
  if (parts.length < 2) return null;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {parts.map((part) => (
        <li key={part} className="flex items-center gap-1.5">
          <span
            aria-hidden
            className={`grid size-5 place-items-center rounded ${part === 'teach' ? 'bg-lesson text-accent-strong' : 'border border-control/60'}`}
          >
            {createElement(SIGNS[part], { size: 12 })}
          </span>
          {t(`part.${part}`)}
        </li>
      ))}
    </ul>
  );
}
