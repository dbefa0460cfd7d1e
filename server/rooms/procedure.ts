import { z } from 'zod';
import { publicProcedure } from '../trpc';
import { readGuest } from '../identity/service';
import { findParticipant } from './service';

/** For somebody who may be in the room that the input names: `ctx.participant` is who they are there. */
export const participantProcedure = publicProcedure
  .input(z.object({ roomId: z.uuid() }))
  .use(async ({ ctx, input, next }) => {
    const guest = readGuest(ctx.app, ctx.headers, input.roomId);
    const participant = await findParticipant(ctx.app, input.roomId, ctx.viewer, guest);
    return next({ ctx: { ...ctx, participant } });
  });
