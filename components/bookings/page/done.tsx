'use client';

import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { useWhen } from '@/components/ui/when';
import type { BookingPageView } from '../types';

type Props = { page: BookingPageView; at: number; lengthMinutes: number; zone: string; moved: boolean };

/** It is booked: when, what comes next, and where it is found again. */
export function Done({ page, at, lengthMinutes, zone, moved }: Props) {
  const t = useTranslations('book');
  const when = useWhen(page.now);
  return (
    <section
      role="status"
      className="flex flex-col items-start gap-5 rounded-panel border border-line bg-surface p-5 sm:p-7"
    >
      <CircleCheck size={32} aria-hidden className="text-ok-ink" />
      <div className="flex flex-col gap-2">
        <h1 className="font-semibold text-xl">{moved ? t('moved') : t('booked')}</h1>
        <p className="text-base [overflow-wrap:anywhere]">
          {t('bookedWhat', { title: page.title, name: page.teacherName })}
        </p>
        <p className="text-base">
          <span className="font-semibold">{when.day(at, zone)}</span>,{' '}
          <time dateTime={new Date(at).toISOString()}>{when.span(at, lengthMinutes, zone)}</time>{' '}
          <span className="text-ink-3 text-sm">{when.zoneOf(zone, at)}</span>
        </p>
        <p className="max-w-prose text-ink-2 text-sm">{t('bookedNext')}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <ButtonLink href="/bookings" variant="primary" prefetch={false}>
          {t('toBookings')}
        </ButtonLink>
        <ButtonLink href="/dashboard" prefetch={false}>
          {t('toDashboard')}
        </ButtonLink>
      </div>
    </section>
  );
}
