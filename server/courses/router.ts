import { z } from 'zod';
import { router, userProcedure } from '../trpc';
import * as service from './service';

const courseId = z.uuid();
const role = z.enum(['teacher', 'presenter', 'student']);

export const coursesRouter = router({
  create: userProcedure
    .input(
      z.strictObject({
        title: z.string().trim().min(1).max(120),
        description: z.string().trim().max(2000).default(''),
      }),
    )
    .mutation(({ ctx, input }) => service.createCourse(ctx.app, ctx.user.id, input)),

  get: userProcedure
    .input(z.strictObject({ courseId }))
    .query(({ ctx, input }) => service.getCourse(ctx.app, ctx.user.id, input.courseId)),

  people: userProcedure
    .input(z.strictObject({ courseId }))
    .query(({ ctx, input }) => service.listPeople(ctx.app, ctx.user.id, input.courseId)),

  enrol: userProcedure
    .input(z.strictObject({ courseId, email: z.email().max(254), role }))
    .mutation(({ ctx, input }) => service.enrol(ctx.app, ctx.user.id, input)),

  unenrol: userProcedure
    .input(z.strictObject({ courseId, personId: z.uuid() }))
    .mutation(({ ctx, input }) => service.unenrol(ctx.app, ctx.user.id, input)),
});
