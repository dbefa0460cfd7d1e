import { MailRefusedError, type OutgoingMail } from './port';

/** One address, and nothing that begins another or a second header. */
const ADDRESS = /^[^\s<>(),;:\\"[\]\p{Cc}]+@[^\s<>(),;:\\"[\]\p{Cc}@]+$/u;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/**
 * Refuses what would make two headers of one, or two readers. Names and titles are cleaned where they are entered; this holds whatever
 * reached the mail another way.
 * @throws MailRefusedError
 */
export function checkHeaders(mail: OutgoingMail): void {
  if (mail.to.address.length > 254 || !ADDRESS.test(mail.to.address))
    throw new MailRefusedError('This is no address to send mail to');
  const lines = [mail.to.name, mail.subject, mail.messageId, ...Object.values(mail.headers)];
  if (lines.some((line) => BREAKS.test(line)))
    throw new MailRefusedError('A header of the mail breaks its line');
  if (Object.keys(mail.headers).some((name) => !HEADER_NAME.test(name)))
    throw new MailRefusedError('A header of the mail has no proper name');
}
