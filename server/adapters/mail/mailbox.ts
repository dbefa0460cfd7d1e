import { checkHeaders } from './check-headers';
import type { Mailer, OutgoingMail } from './port';

/** Keeps mails, each once by its Message-ID. */
export type MailboxStore = (mail: OutgoingMail) => Promise<void>;

/** Where there is no mail server: what would have been sent is kept, for the mailbox page. */
export function mailboxMailer(keep: MailboxStore): Mailer {
  return {
    async send(mail) {
      checkHeaders(mail);
      await keep(mail);
    },
    close: () => Promise.resolve(),
  };
}
