import { z } from 'zod';
import type { App } from '../app';
import { AppError } from '../errors';
import { participantProcedure } from '../rooms/procedure';
import { type Participant, readState } from '../rooms/service';
import { router, userProcedure } from '../trpc';
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

  /** Works once more on a file that could not be shown. */
  retry: userProcedure
    .input(documentInput)
    .mutation(({ ctx, input }) => documents.retryDocument(ctx.app, input.documentId, ctx.user.id)),
});

/** A document is everybody's in a room as long as its tab is open there; before and after, its owner's. */
async function requireReadable(app: App, participant: Participant, documentId: string): Promise<void> {
  const { documents: open } = await readState(app, participant.roomId);
  if (open.some((document) => document.id === documentId)) return;
  if (participant.userId && (await documents.isOwn(app, documentId, participant.userId))) return;
  throw new AppError('NOT_FOUND');
}
