import { purgeMails } from '../mail/service';
import type { JobHandler } from './worker';

/** Forgets mails a quarter of a year after they were wanted. */
export const forgetMails: JobHandler<'mail-purge'> = ({ app }) => purgeMails(app);
