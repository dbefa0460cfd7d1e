import { z } from 'zod';
import { participantProcedure } from '../rooms/procedure';
import { router, userProcedure } from '../trpc';
import { listenerProcedure } from './listener';
import { requireReadable } from './readable';
import * as documents from './service';

const documentInput = z.object({ documentId: z.uuid() });

export const documentsRouter = router({
  /** Some of a document's pages, for whoever is in a room where it is open. */
  pages: participantProcedure
    .input(
      documentInput.extend({
        from: z.int().positive().default(1),
        count: z.int().positive().max(documents.MAX_PAGES_AT_ONCE).optional(),
      }),
    )
    .query(async ({ ctx, input }) => {
      await requireReadable(ctx.app, ctx.participant, input.documentId);
      return documents.readPages(ctx.app, input.documentId, Date.now(), input);
    }),

  /** Where words stand in a document. */
  find: participantProcedure
    .input(documentInput.extend({ words: z.string().min(1).max(200) }))
    .query(async ({ ctx, input }) => {
      await requireReadable(ctx.app, ctx.participant, input.documentId);
      return documents.findWords(ctx.app, input.documentId, input.words);
    }),

  /** The address of the original, which pdf.js reads in parts; or of a download. */
  original: participantProcedure
    .input(documentInput.extend({ download: z.boolean().default(false) }))
    .query(async ({ ctx, input }) => {
      await requireReadable(ctx.app, ctx.participant, input.documentId);
      return documents.readOriginal(ctx.app, input.documentId, Date.now(), input.download);
    }),

  /** What of a sound or film can be played now, and where. */
  playback: listenerProcedure.input(documentInput).query(async ({ ctx, input }) => {
    await ctx.requireListening(input.documentId);
    return documents.readPlayback(ctx.app, input.documentId, Date.now());
  }),

  /** Puts a file of captions of one's own to a sound or film of one's own. */
  addCaptions: userProcedure
    .input(documentInput.extend({ captionsId: z.uuid() }))
    .mutation(({ ctx, input }) => documents.addCaptions(ctx.app, ctx.user.id, input)),

  /** The captions of a sound or film of one's own. */
  captions: userProcedure
    .input(documentInput)
    .query(({ ctx, input }) => documents.readCaptions(ctx.app, ctx.user.id, input.documentId)),
  removeCaptions: userProcedure
    .input(documentInput.extend({ id: z.uuid() }))
    .mutation(({ ctx, input }) => documents.removeCaptions(ctx.app, ctx.user.id, input)),

  /** The signed-in person's own files that play. */
  playable: userProcedure.query(({ ctx }) => documents.listPlayable(ctx.app, ctx.user.id)),

  /** Works once more on a file that could not be shown. */
  retry: userProcedure
    .input(documentInput)
    .mutation(({ ctx, input }) => documents.retryDocument(ctx.app, input.documentId, ctx.user.id)),
});
