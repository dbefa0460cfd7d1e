import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/server/router';

type Outputs = inferRouterOutputs<AppRouter>['bookings'];

export type BookingPageView = Outputs['page'];
export type FreeHour = Outputs['freeHours'][number];
export type Setup = Outputs['setup'];
export type Offer = Setup['offers'][number];
export type Hours = Setup['hours'];
export type HourRange = Hours['weekly'][number][number];
export type BookingView = Outputs['list']['bookings'][number];

/** Hours that the server gave with the page, for one length. */
export type FirstHours = { lengthMinutes: number; from: number; to: number; hours: readonly FreeHour[] };
/** A booking that is to be put to another hour. */
export type Moving = Pick<BookingView, 'id' | 'startsAt' | 'durationMinutes'>;
