import { tellClasses } from '../calendar/invitations';
import { enqueue } from './queue';
import type { JobHandler } from './worker';

/** The clock of jobs ticks once a minute: who is told of a change waits for no whole one. */
const EVERY_SECONDS = 15;
const AGAIN = 60 / EVERY_SECONDS - 1;

/** Writes the invitations, changes and cancellations that are due. */
export const tellOfLessons: JobHandler<'invitations'> = async ({ app, signal }, { again = AGAIN }) => {
  if (again > 0) {
    await enqueue(app, app.db, 'invitations', { again: again - 1 }, { afterSeconds: EVERY_SECONDS });
  }
  await tellClasses(app, signal);
};
