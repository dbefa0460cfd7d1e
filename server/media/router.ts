import { AppError } from '../errors';
import { participantProcedure } from '../rooms/procedure';
import { router } from '../trpc';
import { mediaGrant, openMediaRoom } from './service';

export const mediaRouter = router({
  /** A new join token: after a loss, or when a lesson begins. */
  token: participantProcedure.query(async ({ ctx }) => {
    const { app, participant } = ctx;
    const grant = await mediaGrant(app, participant);
    if (!grant) throw new AppError('LESSON_NOT_LIVE');
    // After a crash the media server has forgotten the room. It need not answer now: the browser tries until it does.
    openMediaRoom(app, participant.roomId).catch((error: unknown) => {
      app.log.debug({ err: error, roomId: participant.roomId }, 'media room not opened');
    });
    return grant;
  }),
});
