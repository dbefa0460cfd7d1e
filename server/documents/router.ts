import { z } from 'zod';
import { participantProcedure } from '../rooms/procedure';
import { router, userProcedure } from '../trpc';
import { requireReadable } from './readable';
import * as documents from './service';

const documentInput = z.object({ documentId: z.uuid() });

export const documentsRouter = router({
  /** A document's pages, for whoever is in a room where it is open. */
  pages: participantProcedure.input(documentInput).query(async ({ ctx, input }) => {
    await requireReadable(ctx.app, ctx.participant, input.documentId);
    return documents.readPages(ctx.app, input.documentId, Date.now());
  }),

  /** The address of the original, which pdf.js reads in parts; or of a download. */
  original: participantProcedure
    .input(documentInput.extend({ download: z.boolean().default(false) }))
    .query(async ({ ctx, input }) => {
      await requireReadable(ctx.app, ctx.participant, input.documentId);
      return documents.readOriginal(ctx.app, input.documentId, Date.now(), input.download);
    }),

  /** The signed-in person's own files that play. */
  playable: userProcedure.query(({ ctx }) => documents.listPlayable(ctx.app, ctx.user.id)),

  /** Works once more on a file that could not be shown. */
  retry: userProcedure
    .input(documentInput)
    .mutation(({ ctx, input }) => documents.retryDocument(ctx.app, input.documentId, ctx.user.id)),
});
