import { z } from 'zod';
import { publicProcedure, router, userProcedure } from '../trpc';
import { entranceInput, readCoursePage } from './course-page';
import { joinCourse } from './joining';
import * as requests from './requests';

const courseId = z.uuid();

/** The ways into a course, and out of it. */
export const joinRouter = router({
  /** A course's page, for anybody who has its address or a link. */
  page: publicProcedure.input(z.strictObject({ entrance: entranceInput })).query(({ ctx, input }) =>
    readCoursePage(ctx.app, input.entrance, {
      viewerId: ctx.viewer.kind === 'account' ? ctx.viewer.user.id : null,
      headers: ctx.headers,
    }),
  ),

  enter: userProcedure
    .input(z.strictObject({ entrance: entranceInput, lessonIds: z.array(z.uuid()).max(500).default([]) }))
    .mutation(({ ctx, input }) => joinCourse(ctx.app, ctx.user, input)),

  leave: userProcedure
    .input(z.strictObject({ courseId }))
    .mutation(({ ctx, input }) => requests.leaveCourse(ctx.app, ctx.user.id, input.courseId)),

  /** Who waits to be let in: for owner and teachers. */
  requests: userProcedure
    .input(z.strictObject({ courseId }))
    .query(({ ctx, input }) => requests.readRequests(ctx.app, ctx.user.id, input.courseId)),

  decide: userProcedure
    .input(z.strictObject({ courseId, personId: z.uuid(), to: z.enum(['admitted', 'declined']) }))
    .mutation(({ ctx, input }) => requests.decideRequest(ctx.app, ctx.user.id, input)),
});
