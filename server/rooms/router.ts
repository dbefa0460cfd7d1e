import { z } from 'zod';
import { MAX_BATCH_COMMANDS } from '@/room/limits';
import { router } from '../trpc';
import { listClosedBoards } from './closed-boards';
import { participantProcedure } from './procedure';
import { MEDIA_STEPS, readSteps, tellStep } from './media-steps';
import { runtimeOf } from './runtime';
import { appendCommands, loadBoard, readChat, readPicture } from './service';

/** Only the id is looked at here, so that each command gets its own answer. */
const rawCommand = z.looseObject({ id: z.uuid() });

export const roomsRouter = router({
  /** Sends commands and answers each (L1). */
  send: participantProcedure
    .input(z.object({ commands: z.array(rawCommand).min(1).max(MAX_BATCH_COMMANDS) }))
    .mutation(async ({ ctx, input }) => {
      const { roomId, commands } = input;
      const results = await appendCommands(ctx.app, { roomId, actor: ctx.participant, commands });
      runtimeOf(ctx.app).toldToWait.note(roomId, ctx.headers, results);
      return { results };
    }),

  /** The room from nothing: after a gap, or for somebody without a stream. */
  state: participantProcedure.query(({ ctx, input }) => readPicture(ctx.app, input.roomId, ctx.participant)),

  /** The records of one layer of one board, with the seq at which they stand so. */
  board: participantProcedure
    .input(
      z.object({
        boardId: z.string().max(80),
        layer: z.union([z.literal('shared'), z.literal('revealed'), z.uuid()]),
      }),
    )
    .query(({ ctx, input }) => loadBoard(ctx.app, ctx.participant, input.boardId, input.layer)),

  /** Blank boards that were closed and may be opened again (P14), for presenters. */
  closedBoards: participantProcedure
    .input(z.object({ before: z.int().positive().optional() }))
    .query(({ ctx, input }) =>
      listClosedBoards(ctx.app, ctx.participant, input.before ?? Number.MAX_SAFE_INTEGER),
    ),

  /** How this person's player stands with what plays for everyone; told only when that has changed. */
  tellStep: participantProcedure
    .input(z.object({ generation: z.int().positive(), step: z.enum(MEDIA_STEPS) }))
    .mutation(({ ctx, input }) => tellStep(ctx.app, ctx.participant, input.generation, input.step)),

  /** How many are not in step, for presenters. */
  steps: participantProcedure
    .input(z.object({ generation: z.int().positive() }))
    .query(({ ctx, input }) => readSteps(ctx.app, ctx.participant, input.generation)),

  /** Older chat, a page at a time. */
  olderChat: participantProcedure
    .input(z.object({ before: z.int().positive() }))
    .query(({ ctx, input }) => readChat(ctx.app, input.roomId, ctx.participant, input.before)),
});
