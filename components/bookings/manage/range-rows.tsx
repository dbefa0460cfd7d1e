'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import type { HourRange } from '../types';
import { endOf, isWrong, nextRange, toField } from './ranges';

type Props = {
  /** What they are the ranges of, as it is read out. */
  of: string;
  ranges: readonly HourRange[];
  onChange: (ranges: HourRange[]) => void;
};

/** A day's ranges, one row each, with a button for another one. */
export function RangeRows({ of, ranges, onChange }: Props) {
  const t = useTranslations('bookings');
  const next = nextRange(ranges);
  const put = (at: number, part: Partial<HourRange>) =>
    onChange(ranges.map((range, index) => (index === at ? { ...range, ...part } : range)));
  return (
    <div className="flex flex-col gap-2">
      {ranges.map((range, index) => (
        // Rows have no other name than their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="flex items-center gap-1.5">
          <Input
            type="time"
            required
            aria-label={t('from', { of })}
            value={range.from}
            onChange={(event) => put(index, { from: event.target.value })}
            className="max-w-34 flex-1 px-2!"
          />
          <span aria-hidden className="text-ink-3">
            –
          </span>
          <Input
            type="time"
            required
            aria-label={t('to', { of })}
            value={toField(range.to)}
            onChange={(event) => put(index, { to: endOf(event.target.value) })}
            className="max-w-34 flex-1 px-2!"
          />
          <IconButton
            label={t('removeRange', { of })}
            onClick={() => onChange(ranges.filter((_, at) => at !== index))}
          >
            <X size={16} aria-hidden />
          </IconButton>
        </div>
      ))}
      {isWrong(ranges) && (
        <p role="alert" className="text-live text-xs">
          {t('rangeWrong')}
        </p>
      )}
      {next && (
        <div>
          <Button
            variant="quiet"
            size="small"
            className="-ml-3"
            icon={<Plus size={14} aria-hidden />}
            aria-label={t('addRange', { of })}
            onClick={() => onChange([...ranges, next])}
          >
            {t('addHours')}
          </Button>
        </div>
      )}
    </div>
  );
}
