import 'server-only';
import { cache } from 'react';
import { orNotFound } from '@/components/course/read-course';
import { getCaller, getViewer } from '@/server/caller';
import type { Wish } from './page/wish';
import type { BookingPageView, FirstHours, Moving } from './types';

const SPAN_MS = 45 * 86_400_000;

/** What can be booked at an address; read once a request. */
export const readBookingPage = cache(async (slug: string) => {
  const caller = await getCaller();
  return orNotFound(() => caller.bookings.page({ slug }));
});

/** The booking of an address that is to be moved; null where it is none of theirs, or can't be moved any more. */
export async function readMoving(slug: string, lessonId: string): Promise<Moving | null> {
  if ((await getViewer()).kind !== 'account') return null;
  const { bookings } = await (await getCaller()).bookings.list();
  return bookings.find((one) => one.id === lessonId && one.offerSlug === slug && one.mayChange) ?? null;
}

/** The free hours that the page begins with: none where there is nothing to book. */
export async function readFirstHours(
  page: BookingPageView,
  wish: Wish,
  moving: Moving | null,
): Promise<FirstHours> {
  const { slug, now, lengths } = page;
  const wished = lengths.find((minutes) => minutes === wish.lengthMinutes) ?? lengths[0] ?? 0;
  const lengthMinutes = moving?.durationMinutes ?? wished;
  const ask = { slug, lengthMinutes, from: Math.floor(now), to: Math.floor(now) + SPAN_MS };
  const caller = await getCaller();
  const hours = await caller.bookings.freeHours({ ...ask, ...(moving ? { lessonId: moving.id } : {}) });
  return { ...ask, hours };
}
