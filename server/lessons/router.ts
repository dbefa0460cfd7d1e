import { z } from 'zod';
import { router, userProcedure } from '../trpc';
import { cancelLessons, editLesson, restoreLessons } from './editing';
import { MAX_MINUTES, MIN_MINUTES } from './policy';
import { MAX_OCCURRENCES, ruleInput } from './recurrence';
import { previewSeries, scheduleSeries } from './series';
import * as service from './service';
import { listLessons } from './views';

const lessonId = z.uuid();
const title = z.string().trim().min(1).max(120);
const scope = z.enum(['this', 'following', 'all']);
const when = { startsAt: z.string().max(40), timeZone: z.string().max(64), durationMinutes: z.number() };
const rest = z.strictObject({
  time: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/),
  timeZone: z.string().max(64),
  durationMinutes: z.int().min(MIN_MINUTES).max(MAX_MINUTES),
});
const oneLesson = userProcedure.input(z.strictObject({ lessonId }));

export const lessonsRouter = router({
  list: userProcedure
    .input(z.strictObject({ courseId: z.uuid() }))
    .query(({ ctx, input }) => listLessons(ctx.app, ctx.user.id, input.courseId)),

  /** Who was in it, from when to when: for owner and teachers. */
  attendance: oneLesson.query(({ ctx, input }) =>
    service.readLessonAttendance(ctx.app, ctx.user.id, input.lessonId),
  ),

  /** Time, zone and duration are judged by the service, which can say what is wrong with them. */
  schedule: userProcedure
    .input(z.strictObject({ courseId: z.uuid(), title, ...when }))
    .mutation(({ ctx, input }) => service.scheduleLesson(ctx.app, ctx.user.id, input)),

  rename: userProcedure
    .input(z.strictObject({ lessonId, title }))
    .mutation(({ ctx, input }) => service.renameLesson(ctx.app, ctx.user.id, input.lessonId, input.title)),

  /** What a series would be, before it is made. */
  previewSeries: userProcedure
    .input(z.strictObject({ courseId: z.uuid(), ...when, rule: ruleInput }))
    .query(({ ctx, input }) => previewSeries(ctx.app, ctx.user.id, input)),

  scheduleSeries: userProcedure
    .input(z.strictObject({ courseId: z.uuid(), title, ...when, rule: ruleInput }))
    .mutation(({ ctx, input }) => scheduleSeries(ctx.app, ctx.user.id, input)),

  edit: userProcedure
    .input(z.strictObject({ lessonId, scope, version: z.int(), title, ...when, rest: rest.optional() }))
    .mutation(({ ctx, input }) => editLesson(ctx.app, ctx.user.id, input)),

  /** Without a version as the lesson stands: for one that is called off by itself. */
  cancel: userProcedure
    .input(
      z.strictObject({ lessonId, scope: scope.default('this'), version: z.int().nullable().default(null) }),
    )
    .mutation(({ ctx, input }) => cancelLessons(ctx.app, ctx.user.id, input)),
  restore: userProcedure
    .input(z.strictObject({ lessonIds: z.array(z.uuid()).min(1).max(MAX_OCCURRENCES) }))
    .mutation(({ ctx, input }) => restoreLessons(ctx.app, ctx.user.id, input.lessonIds)),

  start: oneLesson.mutation(async ({ ctx, input }) => {
    const lesson = await service.requireLesson(ctx.app, ctx.user.id, input.lessonId);
    await service.startLesson(ctx.app, lesson.id);
  }),

  end: oneLesson.mutation(async ({ ctx, input }) => {
    const lesson = await service.requireLesson(ctx.app, ctx.user.id, input.lessonId);
    await service.endLesson(ctx.app, lesson.id, 'ended');
  }),
});
