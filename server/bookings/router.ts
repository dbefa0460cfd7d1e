import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import type { Context } from '../context';
import { zoneInput } from '../zone-input';
import { countTry } from '../throttle';
import { publicProcedure, router, userProcedure } from '../trpc';
import { book } from './booking';
import { cancelBooking, moveBooking } from './changing';
import { hoursInput, instantInput, offerInput, slugInput } from './inputs';
import { readBookings, readFreeHours, readPage } from './page';
import { changeOffer, createOffer, readSetup, removeOffer, saveHours } from './setup';

/** Bookings and changes of one person in an hour: plans change, but nobody's calendar is filled by a script. */
const changesPerHour = new RateLimiterMemory({ points: 60, duration: 3600 });

const visitor = ({ viewer, headers }: Pick<Context, 'viewer' | 'headers'>) => ({
  viewerId: viewer.kind === 'account' ? viewer.user.id : null,
  headers,
});
const lessonId = z.uuid();
const offerId = z.uuid();

export const bookingsRouter = router({
  /** One's own hours and offers. */
  setup: userProcedure
    .input(z.strictObject({ timeZone: zoneInput }))
    .query(({ ctx, input }) => readSetup(ctx.app, ctx.user.id, input.timeZone)),
  saveHours: userProcedure
    .input(hoursInput)
    .mutation(({ ctx, input }) => saveHours(ctx.app, ctx.user.id, input)),
  createOffer: userProcedure
    .input(offerInput.extend({ timeZone: zoneInput }))
    .mutation(({ ctx, input }) => createOffer(ctx.app, ctx.user, input)),
  changeOffer: userProcedure
    .input(offerInput.extend({ offerId }))
    .mutation(({ ctx, input }) => changeOffer(ctx.app, ctx.user.id, input)),
  removeOffer: userProcedure
    .input(z.strictObject({ offerId, removed: z.boolean() }))
    .mutation(({ ctx, input }) => removeOffer(ctx.app, ctx.user.id, input)),

  /** What is booked with the person who asks, and by them. */
  list: userProcedure.query(({ ctx }) => readBookings(ctx.app, ctx.user.id)),

  page: publicProcedure
    .input(z.strictObject({ slug: slugInput }))
    .query(({ ctx, input }) => readPage(ctx.app, input.slug, visitor(ctx))),
  freeHours: publicProcedure
    .input(
      z.strictObject({
        slug: slugInput,
        lengthMinutes: z.int(),
        from: instantInput,
        to: instantInput,
        lessonId: lessonId.optional(),
      }),
    )
    .query(({ ctx, input }) => readFreeHours(ctx.app, input, visitor(ctx))),

  book: userProcedure
    .input(z.strictObject({ slug: slugInput, lengthMinutes: z.int(), at: instantInput }))
    .mutation(async ({ ctx, input }) => {
      await countTry(changesPerHour, ctx.user.id);
      return book(ctx.app, ctx.user, input);
    }),
  move: userProcedure
    .input(z.strictObject({ lessonId, at: instantInput }))
    .mutation(async ({ ctx, input }) => {
      await countTry(changesPerHour, ctx.user.id);
      return moveBooking(ctx.app, ctx.user, input);
    }),
  cancel: userProcedure
    .input(z.strictObject({ lessonId }))
    .mutation(({ ctx, input }) => cancelBooking(ctx.app, ctx.user, input.lessonId)),
});
