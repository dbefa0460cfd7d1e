import { z } from 'zod';
import { router, userProcedure } from '../trpc';
import { zoneInput } from '../zone-input';
import { basicsInput, descriptionInput, enrolmentInput, languageInput, titleInput } from './inputs';
import * as service from './service';
import * as settings from './settings';

const courseId = z.uuid();
const role = z.enum(['teacher', 'presenter', 'student']);

export const coursesRouter = router({
  create: userProcedure
    .input(
      z.strictObject({
        title: titleInput,
        description: descriptionInput.default(''),
        timeZone: zoneInput.optional(),
        /** Of teaching, to begin with: that of its maker. */
        language: languageInput.optional(),
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

  changeRole: userProcedure
    .input(z.strictObject({ courseId, personId: z.uuid(), role }))
    .mutation(({ ctx, input }) => service.changeRole(ctx.app, ctx.user.id, input)),

  unenrol: userProcedure
    .input(z.strictObject({ courseId, personId: z.uuid() }))
    .mutation(({ ctx, input }) => service.unenrol(ctx.app, ctx.user.id, input)),

  /** Says that somebody's payment is open, or settled: for owner and teachers. */
  markPayment: userProcedure
    .input(z.strictObject({ courseId, personId: z.uuid(), open: z.boolean() }))
    .mutation(({ ctx, input }) => service.markPayment(ctx.app, ctx.user.id, input)),

  settings: userProcedure
    .input(z.strictObject({ courseId }))
    .query(({ ctx, input }) => settings.readSettings(ctx.app, ctx.user.id, input.courseId)),

  changeBasics: userProcedure
    .input(basicsInput)
    .mutation(({ ctx, input }) => settings.changeBasics(ctx.app, ctx.user.id, input)),

  changeEnrolment: userProcedure
    .input(enrolmentInput)
    .mutation(({ ctx, input }) => settings.changeEnrolment(ctx.app, ctx.user.id, input)),

  setCover: userProcedure
    .input(z.strictObject({ courseId, documentId: z.uuid().nullable() }))
    .mutation(({ ctx, input }) => settings.setCover(ctx.app, ctx.user.id, input)),
});
