import { sendDueMails } from '../mail/service';
import type { JobHandler } from './worker';

/** Sends the mails that are due. The writer is loaded with the first of them: most of a worker's life there are none. */
export const sendMails: JobHandler<'mail-send'> = async ({ app, adapters, signal }) => {
  const { writeMail } = await import('../mail/write');
  await sendDueMails({ app, mailer: adapters.mailer, write: writeMail, signal });
};
