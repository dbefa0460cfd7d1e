'use client';

import { CalendarClock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';

/** The way to one's bookings. */
export function BookingsLine() {
  const t = useTranslations('home');
  return (
    <section
      aria-labelledby="bookings"
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-line border-t pt-6"
    >
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <h2 id="bookings" className="font-semibold text-base">
          {t('bookings')}
        </h2>
        <p className="text-ink-2 text-sm">{t('bookingsText')}</p>
      </div>
      <ButtonLink href="/bookings" prefetch={false} icon={<CalendarClock size={16} aria-hidden />}>
        {t('toBookings')}
      </ButtonLink>
    </section>
  );
}
