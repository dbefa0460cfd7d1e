'use client';

import { useTranslations } from 'next-intl';
import { useWhen } from '@/components/ui/when';
import type { FreeHour } from '../types';

type Props = {
  hours: readonly FreeHour[];
  zone: string;
  now: number;
  /** Seats of an hour; where there is one, none are counted. */
  seats: number;
  chosen: number | null;
  onHour: (at: number) => void;
};

/** The hours of a day. */
export function HourList({ hours, zone, now, seats, chosen, onHour }: Props) {
  const t = useTranslations('book');
  const when = useWhen(now);
  return (
    <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-1">
      {hours.map(({ at, seatsLeft }) => (
        <li key={at}>
          <button
            type="button"
            aria-pressed={at === chosen}
            onClick={() => onHour(at)}
            className="flex h-11 w-full items-center justify-center gap-2 rounded-control border border-control/70 bg-surface font-medium text-sm tabular-nums transition-colors hover:border-accent hover:text-accent aria-pressed:border-accent aria-pressed:bg-accent/12 aria-pressed:text-accent-strong"
          >
            <time dateTime={new Date(at).toISOString()}>{when.time(at, zone)}</time>
            {seats > 1 && (
              <span className="font-normal text-ink-3 text-xs">{t('seatsLeft', { count: seatsLeft })}</span>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}
