import { purgeCalls } from '../calls/service';
import { purgeMails } from '../mail/service';
import { purgeNotifications } from '../notifications/service';
import type { JobHandler } from './worker';

/** Forgets mails, news and calls in vain a quarter of a year after they were wanted. */
export const forgetMails: JobHandler<'mail-purge'> = async ({ app }) => {
  await purgeMails(app);
  await purgeNotifications(app);
  await purgeCalls(app);
};
