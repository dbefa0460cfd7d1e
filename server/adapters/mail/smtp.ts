import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import { checkHeaders } from './check-headers';
import { type Mailer, MailRefusedError, type OutgoingMail } from './port';

type Settings = {
  /** `smtp://user:password@host:587`, or `smtps://…` */
  url: string;
  /** The sender, as `Lectern <lectern@example.org>`. */
  from: string;
};

/** Mail by SMTP (RFC 5321), over some connections that are kept. */
export function smtpMailer({ url, from }: Settings): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 5,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const asking = new WeakMap<object, () => Promise<void>>();
  // Nodemailer reads what it is given as soon as it has it; what a process returns, when the server waits for the contents.
  transport.use('stream', ({ data: { raw }, message }, done) => {
    const handing = typeof raw === 'object' && asking.get(raw);
    if (handing) message.processFunc((contents) => Readable.from(askBeforeTheEnd(contents, handing)));
    done();
  });
  return {
    async send(mail, handing) {
      checkHeaders(mail);
      const composed = compose(mail, from);
      const raw = composed.createReadStream();
      asking.set(raw, handing);
      try {
        await transport.sendMail({ envelope: composed.getEnvelope(), raw });
      } catch (error) {
        if (isFinal(error)) throw new MailRefusedError('The mail server refuses this mail', { cause: error });
        throw error;
      }
    },
    close: () => {
      transport.close();
      return Promise.resolve();
    },
  };
}

function compose(mail: OutgoingMail, from: string) {
  const { calendar } = mail;
  return new MailComposer({
    from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: { ...mail.headers },
    messageId: `<${mail.messageId}>`,
    ...(calendar && {
      icalEvent: { method: calendar.method, content: calendar.content, filename: 'invitation.ics' },
    }),
  }).compile();
}

/** All of a mail, and a question before its end: it counts for its server once its end is there. */
async function* askBeforeTheEnd(mail: Readable, ask: () => Promise<void>): AsyncGenerator<Buffer> {
  for await (const part of mail as AsyncIterable<Buffer>) yield part;
  await ask();
}

/** 5yz: the same mail will be refused again (RFC 5321 §4.2.1). What concerns the sign-in is the installation's to put right. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof Error) || !('responseCode' in error)) return false;
  const { responseCode } = error;
  const aboutUs = 'command' in error && /^(AUTH|EHLO|HELO|STARTTLS|CONN)/.test(String(error.command));
  return typeof responseCode === 'number' && responseCode >= 550 && responseCode < 555 && !aboutUs;
}
