import { z } from 'zod';
import { publicProcedure, router, userProcedure } from '../trpc';
import * as invitations from './invitations';

const ofCourse = userProcedure.input(z.strictObject({ courseId: z.uuid() }));
const oneInvitation = userProcedure.input(z.strictObject({ courseId: z.uuid(), invitationId: z.uuid() }));

/** Asking people into a course: by mail, and by the course's own link. */
export const invitationsRouter = router({
  preview: userProcedure
    .input(invitations.listInput)
    .mutation(({ ctx, input }) => invitations.previewInvitations(ctx.app, ctx.user.id, input)),
  send: userProcedure
    .input(invitations.listInput)
    .mutation(({ ctx, input }) => invitations.sendInvitations(ctx.app, ctx.user.id, input)),
  list: ofCourse.query(({ ctx, input }) => invitations.readInvitations(ctx.app, ctx.user.id, input.courseId)),
  revoke: oneInvitation.mutation(({ ctx, input }) =>
    invitations.revokeInvitation(ctx.app, ctx.user.id, input),
  ),
  remind: oneInvitation.mutation(({ ctx, input }) =>
    invitations.remindInvitation(ctx.app, ctx.user.id, input, Date.now()),
  ),
  /** Who has the link of an invitation may say no without an account. */
  decline: publicProcedure
    .input(z.strictObject({ token: z.string().min(1).max(100) }))
    .mutation(({ ctx, input }) => invitations.declineInvitation(ctx.app, input.token)),

  link: ofCourse.query(({ ctx, input }) => invitations.readCourseLink(ctx.app, ctx.user.id, input.courseId)),
  openLink: ofCourse.mutation(({ ctx, input }) =>
    invitations.openCourseLink(ctx.app, ctx.user.id, input.courseId),
  ),
  closeLink: ofCourse.mutation(({ ctx, input }) =>
    invitations.closeCourseLink(ctx.app, ctx.user.id, input.courseId),
  ),
});
