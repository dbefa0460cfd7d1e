'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import type { Hours } from '../types';
import { RangeRows } from './range-rows';

type Exceptions = Hours['exceptions'];
type Props = { exceptions: Exceptions; onChange: (exceptions: Exceptions) => void };

/** Dates with other hours than their weekday has: a day off, until hours are added. */
export function ExceptionsEditor({ exceptions, onChange }: Props) {
  const t = useTranslations('bookings');
  const format = useFormatter();
  const [date, setDate] = useState('');
  const known = exceptions.some((one) => one.date === date);

  function add() {
    setDate('');
    onChange([...exceptions, { date, ranges: [] }].toSorted((a, b) => a.date.localeCompare(b.date)));
  }

  return (
    <fieldset className="flex flex-col">
      <legend className="mb-1 font-medium text-sm">{t('exceptions')}</legend>
      <p className="mb-3 text-ink-3 text-xs">{t('exceptionsHint')}</p>
      {exceptions.map(({ date: day, ranges }) => {
        const name = format.dateTime(new Date(`${day}T12:00:00Z`), {
          ...{ timeZone: 'UTC', weekday: 'short', day: 'numeric' },
          ...{ month: 'short', year: 'numeric' },
        });
        return (
          <div
            key={day}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-2 border-line border-t py-3 sm:grid-cols-[9rem_minmax(0,1fr)_auto]"
          >
            <p className="flex h-9 items-center text-sm tabular-nums">
              {name}
              {ranges.length === 0 && <span className="ml-2 text-ink-3 sm:hidden">{t('dayOff')}</span>}
            </p>
            <div className="max-sm:order-3 max-sm:col-span-2">
              {ranges.length === 0 && (
                <p className="flex h-9 items-center text-ink-3 text-sm max-sm:hidden">{t('dayOff')}</p>
              )}
              <RangeRows
                of={name}
                ranges={ranges}
                onChange={(next) =>
                  onChange(exceptions.map((one) => (one.date === day ? { date: day, ranges: next } : one)))
                }
              />
            </div>
            <IconButton
              label={t('removeException', { day: name })}
              onClick={() => onChange(exceptions.filter((one) => one.date !== day))}
            >
              <Trash2 size={16} aria-hidden />
            </IconButton>
          </div>
        );
      })}
      <div className="flex items-center gap-2 border-line border-t pt-3">
        <Input
          type="date"
          aria-label={t('exceptionDate')}
          value={date}
          onChange={(event) => setDate(event.target.value)}
          className="w-44!"
        />
        <Button icon={<Plus size={16} aria-hidden />} disabled={!date || known} onClick={add}>
          {t('addException')}
        </Button>
      </div>
    </fieldset>
  );
}
