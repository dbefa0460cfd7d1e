import { writeDueReminders } from '../calendar/reminders';
import type { JobHandler } from './worker';

/** Writes the reminders that are due. */
export const remind: JobHandler<'reminders'> = async ({ app, signal }) => {
  await writeDueReminders(app, signal);
};
