import { z } from 'zod';
import { AppError } from '../errors';
import { readGuest } from '../identity/service';
import { findParticipant } from '../rooms/service';
import { publicProcedure } from '../trpc';
import { requireReadable } from './readable';
import { requireOwnDocument } from './service';

/**
 * For who plays something: in the room that the input names, what plays or is open there; without a room, what is their own.
 * `ctx.requireListening` throws AppError NOT_FOUND for anything else.
 */
export const listenerProcedure = publicProcedure
  .input(z.object({ roomId: z.uuid().optional() }))
  .use(async ({ ctx: { app, headers, viewer }, input: { roomId }, next }) => {
    if (!roomId) {
      if (viewer.kind !== 'account') throw new AppError('NOT_SIGNED_IN');
      const { user } = viewer;
      return next({
        ctx: { requireListening: (documentId: string) => requireOwnDocument(app, user.id, documentId) },
      });
    }
    const participant = await findParticipant(app, roomId, viewer, readGuest(app, headers, roomId));
    return next({
      ctx: { requireListening: (documentId: string) => requireReadable(app, participant, documentId) },
    });
  });
