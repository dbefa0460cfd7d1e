'use client';

import { Clock, Globe, Users } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Field } from '@/components/ui/field';
import { useWhen } from '@/components/ui/when';
import { ZonePicker } from '@/components/ui/zone-picker';
import type { BookingPageView, Moving } from '../types';

type Props = {
  page: BookingPageView;
  moving: Moving | null;
  lengthMinutes: number;
  zone: string;
  onLength: (minutes: number) => void;
  onZone: (zone: string) => void;
};

/** Who offers what, how long it lasts, and on whose clock the hours are. */
export function OfferFacts({ page, moving, lengthMinutes, zone, onLength, onZone }: Props) {
  const t = useTranslations('book');
  const when = useWhen(page.now);
  const { title, description, teacherName, teacherId, lengths, seats } = page;
  return (
    <div className="flex min-w-0 flex-col gap-5 lg:border-line lg:border-r lg:pr-7">
      <div className="flex flex-col gap-3">
        <p className="flex items-center gap-2.5 text-ink-2 text-sm">
          <Avatar name={teacherName} seed={teacherId} size={28} />
          <span className="min-w-0 [overflow-wrap:anywhere]">{teacherName}</span>
        </p>
        <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">{title}</h1>
        {moving && (
          <p className="rounded-control bg-surface-2 px-3 py-2 text-ink-2 text-sm">
            {t('moving', {
              day: when.day(moving.startsAt, zone),
              time: when.time(moving.startsAt, zone),
            })}
          </p>
        )}
        {description && (
          <p className="whitespace-pre-line text-ink-2 text-sm [overflow-wrap:anywhere]">{description}</p>
        )}
      </div>
      {moving || lengths.length === 1 ? (
        <Fact icon={<Clock size={16} />}>{t('minutes', { count: lengthMinutes })}</Fact>
      ) : (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 font-medium text-sm">{t('length')}</legend>
          <div className="flex flex-wrap gap-2">
            {lengths.map((minutes) => (
              <button
                key={minutes}
                type="button"
                aria-pressed={minutes === lengthMinutes}
                onClick={() => onLength(minutes)}
                className="h-9 rounded-control border border-control/70 px-3 text-sm tabular-nums transition-colors hover:border-control aria-pressed:border-accent aria-pressed:bg-accent/12 aria-pressed:text-accent-strong"
              >
                {t('minutes', { count: minutes })}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      {seats > 1 && <Fact icon={<Users size={16} />}>{t('shared', { count: seats })}</Fact>}
      <Field label={t('zone')}>
        {(wiring) => (
          <div className="relative">
            <ZonePicker wiring={wiring} name="zone" value={zone} onChange={onZone} />
          </div>
        )}
      </Field>
      <p className="-mt-3 flex items-center gap-1.5 text-ink-3 text-xs">
        <Globe size={14} aria-hidden className="shrink-0" />
        {t('zoneHint', { zone: when.zoneOf(zone, page.now) })}
      </p>
    </div>
  );
}

function Fact({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex items-center gap-2.5 text-ink-2 text-sm">
      <span aria-hidden className="text-ink-3">
        {icon}
      </span>
      {children}
    </p>
  );
}
