'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type DateTimeFormatOptions, useFormatter, useLocale, useTranslations } from 'next-intl';
import { IconButton } from '@/components/ui/icon-button';
import { firstWeekday } from '@/messages/locales';
import { type Month, shiftMonth, weeksOf } from './months';

type Props = {
  month: Month;
  /** The first and the last that there can be hours in. */
  earliest: Month;
  latest: Month;
  /** How many hours each day has; null while that is not known. */
  counts: ReadonlyMap<string, number> | null;
  chosen: string | null;
  today: string;
  onMonth: (month: Month) => void;
  onDay: (day: string) => void;
};

/** A month whose days with hours can be pressed. */
export function MonthGrid({ month, earliest, latest, counts, chosen, today, onMonth, onDay }: Props) {
  const t = useTranslations('book');
  const format = useFormatter();
  const on = (day: string, options: DateTimeFormatOptions) =>
    format.dateTime(new Date(`${day}T12:00:00Z`), { timeZone: 'UTC', ...options });
  const firstDay = firstWeekday(useLocale());
  // Its second week is whole, whatever day weeks begin with.
  const weekdays = weeksOf('2026-06', firstDay)[1] ?? [];
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center justify-between">
        <h2 aria-live="polite" className="font-semibold text-base first-letter:uppercase">
          {on(`${month}-01`, { month: 'long', year: 'numeric' })}
        </h2>
        <div className="-mr-2 flex">
          <IconButton
            label={t('previousMonth')}
            disabled={month <= earliest}
            onClick={() => onMonth(shiftMonth(month, -1))}
          >
            <ChevronLeft size={18} aria-hidden />
          </IconButton>
          <IconButton
            label={t('nextMonth')}
            disabled={month >= latest}
            onClick={() => onMonth(shiftMonth(month, 1))}
          >
            <ChevronRight size={18} aria-hidden />
          </IconButton>
        </div>
      </div>
      <div aria-busy={counts === null} className="grid grid-cols-7 gap-1">
        {weekdays.map((day) => (
          <span key={day} aria-hidden className="pb-1 text-center text-ink-3 text-xs">
            {day && on(day, { weekday: 'short' })}
          </span>
        ))}
        {weeksOf(month, firstDay)
          .flat()
          .map((day, index) => {
            if (!day) return <span key={`beside-${index}`} />;
            const count = counts?.get(day) ?? 0;
            const long = on(day, { weekday: 'long', day: 'numeric', month: 'long' });
            return (
              <DayButton
                key={day}
                label={t('day', { day: long, count })}
                number={on(day, { day: 'numeric' })}
                open={count > 0}
                waits={counts === null}
                chosen={day === chosen}
                today={day === today}
                onPress={() => onDay(day)}
              />
            );
          })}
      </div>
    </div>
  );
}

type DayProps = {
  label: string;
  number: string;
  open: boolean;
  waits: boolean;
  chosen: boolean;
  today: boolean;
  onPress: () => void;
};

function DayButton({ label, number, open, waits, chosen, today, onPress }: DayProps) {
  const look = chosen
    ? 'bg-accent font-semibold text-on-accent'
    : open
      ? 'bg-accent/12 font-medium text-accent-strong hover:bg-accent/22'
      : 'text-ink-3';
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={chosen}
      disabled={!open}
      onClick={onPress}
      className={`relative grid aspect-square max-h-14 w-full place-items-center rounded-control text-sm tabular-nums transition-colors disabled:cursor-default ${look} ${waits ? 'animate-pulse' : ''}`}
    >
      {number}
      {today && <span aria-hidden className="absolute bottom-1.5 size-1 rounded-full bg-current" />}
    </button>
  );
}
