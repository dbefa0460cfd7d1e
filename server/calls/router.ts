import { z } from 'zod';
import { router, userProcedure } from '../trpc';
import * as service from './service';

const inCourse = z.strictObject({ courseId: z.uuid() });
const oneCall = z.strictObject({ callId: z.uuid() });

export const callsRouter = router({
  /** Whom one may call in a course, and who of them is there. */
  reach: userProcedure
    .input(inCourse)
    .query(({ ctx, input }) => service.readReach(ctx.app, ctx.user.id, input.courseId)),
  /** One's own calls in a course. */
  list: userProcedure
    .input(inCourse)
    .query(({ ctx, input }) => service.listCalls(ctx.app, ctx.user.id, input.courseId)),

  place: userProcedure
    .input(inCourse.extend({ personId: z.uuid() }))
    .mutation(({ ctx, input }) => service.placeCall(ctx.app, ctx.user.id, input)),
  accept: userProcedure
    .input(oneCall)
    .mutation(({ ctx, input }) => service.acceptCall(ctx.app, ctx.user.id, input.callId)),
  decline: userProcedure
    .input(oneCall)
    .mutation(({ ctx, input }) => service.declineCall(ctx.app, ctx.user.id, input.callId)),
  cancel: userProcedure
    .input(oneCall)
    .mutation(({ ctx, input }) => service.cancelCall(ctx.app, ctx.user.id, input.callId)),

  takesCalls: userProcedure.query(({ ctx }) => service.readTakesCalls(ctx.app, ctx.user.id)),
  setTakesCalls: userProcedure
    .input(z.strictObject({ on: z.boolean() }))
    .mutation(({ ctx, input }) => service.setTakesCalls(ctx.app, ctx.user.id, input.on)),
});
