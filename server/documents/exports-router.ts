import { z } from 'zod';
import { participantProcedure } from '../rooms/procedure';
import { router } from '../trpc';
import { askForExport, readExport, requireOpenBoard } from './exports';
import { requireReadable } from './readable';

const content = z
  .object({
    documentId: z.uuid().nullable().default(null),
    boardId: z
      .string()
      .regex(/^board:[0-9a-f-]{36}$/)
      .nullable()
      .default(null),
    /** From 1: a picture of that page. Null: a PDF of all. */
    page: z.int().positive().nullable().default(null),
    layers: z.union([
      z.literal('all'),
      z
        .array(z.union([z.literal('shared'), z.uuid()]))
        .min(1)
        .max(500),
    ]),
  })
  .refine(({ documentId, boardId }) => (documentId === null) !== (boardId === null));

export const exportsRouter = router({
  /** Asks for a PDF with marks, or a page's picture. */
  ask: participantProcedure.input(content).mutation(async ({ ctx, input }) => {
    if (input.documentId) await requireReadable(ctx.app, ctx.participant, input.documentId);
    else await requireOpenBoard(ctx.app, ctx.participant.roomId, input.boardId ?? '');
    return askForExport(ctx.app, ctx.participant, input);
  }),

  /** How far it is, and where it lies once it is ready. */
  read: participantProcedure
    .input(z.object({ exportId: z.uuid() }))
    .query(({ ctx, input }) => readExport(ctx.app, ctx.participant, input.exportId, Date.now())),
});
