'use client';

import { CalendarClock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/ui/empty-state';
import type { BookingView, Setup } from '../types';
import { BookingList } from './booking-list';
import { HoursEditor } from './hours-editor';
import { OfferList } from './offer-list';

type Props = { bookings: readonly BookingView[]; setup: Setup; now: number };

/** What is booked, what can be booked, and when. */
export function BookingsView({ bookings, setup, now }: Props) {
  const t = useTranslations('bookings');
  const { offers, hours } = setup;
  return (
    <div className="flex flex-col gap-12">
      <section aria-labelledby="booked" className="flex flex-col gap-3">
        <h2 id="booked" className="font-semibold text-base">
          {t('upcoming')}
        </h2>
        {bookings.length > 0 ? (
          <BookingList bookings={bookings} now={now} />
        ) : (
          <EmptyState icon={<CalendarClock size={20} />} title={t('emptyTitle')}>
            {offers.length > 0 ? t('emptyTeacher') : t('emptyText')}
          </EmptyState>
        )}
      </section>
      <OfferList offers={offers} />
      {offers.length > 0 && <HoursEditor hours={hours} />}
    </div>
  );
}
