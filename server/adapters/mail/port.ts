export type MailAddress = { name: string; address: string };

/** A mail as it leaves: everything decided, in the reader's language. */
export type OutgoingMail = {
  /** Of the same mail always the same one, so that a repeat is recognised. Without the angle brackets. */
  messageId: string;
  to: MailAddress;
  subject: string;
  text: string;
  html: string;
  /** Such as `List-Unsubscribe`. */
  headers: Readonly<Record<string, string>>;
  calendar: { method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; content: string } | null;
};

/** This mail will never be taken, however often it is tried: such as an address that is none. */
export class MailRefusedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MailRefusedError';
  }
}

/** What takes mail. */
export type Mailer = {
  /**
   * Gives a mail away; it is taken when this is over.
   * @param handing  called when all of it is on its way but what makes it count: who dies after that must not send it again. Not called where
   *   a repeat does nothing
   * @throws MailRefusedError where trying again is of no use: a header that would be two, an address that nobody has
   */
  send(mail: OutgoingMail, handing: () => Promise<void>): Promise<void>;
  /** Lets go of its connections. */
  close(): Promise<void>;
};
