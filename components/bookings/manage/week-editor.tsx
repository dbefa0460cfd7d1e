'use client';

import { CopyPlus } from 'lucide-react';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import { firstWeekday } from '@/messages/locales';
import type { Hours } from '../types';
import { RangeRows } from './range-rows';

type Weekly = Hours['weekly'];
type Props = { weekly: Weekly; onChange: (weekly: Weekly) => void };

/** A Monday: only its weekday is looked at. */
const MONDAY = Date.UTC(2026, 5, 1, 12);
const DAY_MS = 86_400_000;

/** The hours of each weekday. What one day has can be given to all that have any. */
export function WeekEditor({ weekly, onChange }: Props) {
  const t = useTranslations('bookings');
  const format = useFormatter();
  const first = firstWeekday(useLocale()) - 1;
  const order = weekly.map((_, place) => (place + first) % 7);
  const nameOf = (day: number) =>
    format.dateTime(MONDAY + day * DAY_MS, { timeZone: 'UTC', weekday: 'long' });

  function copy(from: number) {
    const ranges = weekly[from] ?? [];
    onChange(weekly.map((other) => (other.length > 0 ? ranges.map((range) => ({ ...range })) : other)));
    void toast(t('copied', { day: nameOf(from) }));
  }

  return (
    <fieldset className="flex flex-col">
      <legend className="mb-2 font-medium text-sm">{t('week')}</legend>
      {order.map((day) => {
        const ranges = weekly[day] ?? [];
        const name = nameOf(day);
        return (
          <div
            key={name}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-2 border-line border-t py-3 sm:grid-cols-[9rem_minmax(0,1fr)_auto]"
          >
            <label className="flex h-9 items-center gap-2.5 text-sm">
              <input
                type="checkbox"
                checked={ranges.length > 0}
                onChange={(event) =>
                  onChange(
                    weekly.map((one, at) =>
                      at === day ? (event.target.checked ? [{ from: '09:00', to: '17:00' }] : []) : one,
                    ),
                  )
                }
                className="size-4 accent-accent"
              />
              <span className="inline-block first-letter:uppercase">{name}</span>
            </label>
            <div className="max-sm:order-3 max-sm:col-span-2">
              {ranges.length > 0 ? (
                <RangeRows
                  of={name}
                  ranges={ranges}
                  onChange={(next) => onChange(weekly.map((one, at) => (at === day ? next : one)))}
                />
              ) : (
                <p className="flex h-9 items-center text-ink-3 text-sm max-sm:hidden">{t('dayOff')}</p>
              )}
            </div>
            {ranges.length > 0 ? (
              <IconButton label={t('copyDay', { day: name })} onClick={() => copy(day)}>
                <CopyPlus size={16} aria-hidden />
              </IconButton>
            ) : (
              <span className="flex h-9 items-center text-ink-3 text-sm sm:hidden">{t('dayOff')}</span>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
