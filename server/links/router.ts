import { z } from 'zod';
import { emailInput, nameInput } from '../identity/policy';
import { publicProcedure, router, userProcedure } from '../trpc';
import { askForLink } from './lost-link';
import * as service from './service';

const token = z.string().max(100);
const lessonId = z.uuid();
const ofLesson = userProcedure.input(z.strictObject({ lessonId }));

export const linksRouter = router({
  /** The door of a link, for anybody who has it. Asked again and again until the class begins. */
  door: publicProcedure
    .input(z.strictObject({ token }))
    .query(({ ctx, input }) =>
      service.readDoor(ctx.app, input.token, { viewer: ctx.viewer, headers: ctx.headers }),
    ),

  /** In by a shared link, with a name, or to wait to be let in (`slug`: null). The cookie that comes back is who they are in the room. */
  enter: publicProcedure
    .input(z.strictObject({ token, name: nameInput }))
    .mutation(async ({ ctx, input }) => {
      const { slug, cookie } = await service.enterAsGuest(ctx.app, input, ctx.headers);
      if (cookie) ctx.responseHeaders?.append('set-cookie', cookie);
      return { slug };
    }),

  /** A lost link by e-mail: the same answer to everybody. */
  lost: publicProcedure
    .input(z.strictObject({ token, email: emailInput }))
    .mutation(({ ctx, input }) => askForLink(ctx.app, input, ctx.headers)),

  lesson: ofLesson.query(({ ctx, input }) => service.readLessonLink(ctx.app, ctx.user.id, input.lessonId)),
  rotateLesson: ofLesson.mutation(({ ctx, input }) =>
    service.rotateLessonLink(ctx.app, ctx.user.id, input.lessonId),
  ),

  personal: ofLesson.query(({ ctx, input }) =>
    service.listPersonalLinks(ctx.app, ctx.user.id, input.lessonId),
  ),
  createPersonal: userProcedure
    .input(z.strictObject({ lessonId, name: nameInput, userId: z.uuid().optional() }))
    .mutation(({ ctx, input }) => service.createPersonalLink(ctx.app, ctx.user.id, input)),
  revokePersonal: userProcedure
    .input(z.strictObject({ lessonId, linkId: z.uuid() }))
    .mutation(({ ctx, input }) => service.revokePersonalLink(ctx.app, ctx.user.id, input)),
});
