import { z } from 'zod';
import { router, userProcedure } from '../trpc';
import * as service from './service';
import { listLessons, readDashboard } from './views';

const lessonId = z.uuid();
const title = z.string().trim().min(1).max(120);
const oneLesson = userProcedure.input(z.strictObject({ lessonId }));

export const lessonsRouter = router({
  dashboard: userProcedure.query(({ ctx }) => readDashboard(ctx.app, ctx.user.id)),

  list: userProcedure
    .input(z.strictObject({ courseId: z.uuid() }))
    .query(({ ctx, input }) => listLessons(ctx.app, ctx.user.id, input.courseId)),

  /** Who was in it, from when to when: for owner and teachers. */
  attendance: oneLesson.query(({ ctx, input }) =>
    service.readLessonAttendance(ctx.app, ctx.user.id, input.lessonId),
  ),

  /** Time, zone and duration are judged by the service, which can say what is wrong with them. */
  schedule: userProcedure
    .input(
      z.strictObject({
        courseId: z.uuid(),
        title,
        startsAt: z.string().max(40),
        timeZone: z.string().max(64),
        durationMinutes: z.number(),
      }),
    )
    .mutation(({ ctx, input }) => service.scheduleLesson(ctx.app, ctx.user.id, input)),

  rename: userProcedure
    .input(z.strictObject({ lessonId, title }))
    .mutation(({ ctx, input }) => service.renameLesson(ctx.app, ctx.user.id, input.lessonId, input.title)),

  cancel: oneLesson.mutation(({ ctx, input }) =>
    service.setCancelled(ctx.app, ctx.user.id, input.lessonId, 'cancelled'),
  ),
  restore: oneLesson.mutation(({ ctx, input }) =>
    service.setCancelled(ctx.app, ctx.user.id, input.lessonId, 'scheduled'),
  ),

  start: oneLesson.mutation(async ({ ctx, input }) => {
    const lesson = await service.requireLesson(ctx.app, ctx.user.id, input.lessonId);
    await service.startLesson(ctx.app, lesson.id);
  }),

  end: oneLesson.mutation(async ({ ctx, input }) => {
    const lesson = await service.requireLesson(ctx.app, ctx.user.id, input.lessonId);
    await service.endLesson(ctx.app, lesson.id, 'ended');
  }),
});
