import { z } from 'zod';
import { participantProcedure } from '../rooms/procedure';
import { router } from '../trpc';
import { describeVideo, searchVideos } from './service';

export const youtubeRouter = router({
  /** Whether this installation can search YouTube. */
  offered: participantProcedure.query(({ ctx }) => ({ search: ctx.app.youtube.search !== null })),

  /** Videos for some words, for whoever may play them for everyone. */
  search: participantProcedure
    .input(z.object({ words: z.string().trim().min(1).max(200) }))
    .query(({ ctx, input }) => searchVideos(ctx.app, ctx.participant, input.words)),

  /** What a pasted video is called. */
  describe: participantProcedure
    .input(z.object({ videoId: z.string().regex(/^[\w-]{11}$/) }))
    .query(({ ctx, input }) => describeVideo(ctx.app, ctx.participant, input.videoId)),
});
