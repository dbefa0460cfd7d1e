import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Mailer, MailRefusedError, type OutgoingMail } from '../adapters/mail/port';
import type { App } from '../app';
import { enqueue } from '../jobs/queue';
import { inLanguage, isLocale } from '@/messages/locales';
import { personalLinkUrl } from '../links/service';
import { categoryOf } from './categories';
import * as queries from './queries';
import { signId } from '../signed-id';
import type { MailTemplate, MailTemplates, MailWay } from './types';
import { withWayIn } from './way-in';

/** How long a worker may take for what it claimed; a mail of one that was killed waits so long. */
const LEASE_SECONDS = 60;
const CLAIMED_AT_ONCE = 25;
const SENT_AT_ONCE = 5;
/** That a mail was taken is told to Postgres for half of its lease, if need be. */
const TOLD_EVERY_MS = 1000;
const TOLD_AT_MOST = LEASE_SECONDS / 2;
/** When a mail is tried again after each try in vain, in seconds: a mail server may be away for a night. */
const AGAIN_AFTER = [30, 120, 600, 1800, 2 * 3600, 6 * 3600, 12 * 3600];

export type MailSettings = {
  locale: string;
  timeZone: string | null;
  /** Where its kind is switched off; null: it is not. */
  offUrl: string | null;
  wayIn: (way: MailWay) => string;
};
export type WrittenMail = { subject: string; text: string; html: string };
/** Writes a mail in its reader's language and zone. */
export type MailWriter = (
  template: MailTemplate,
  data: MailTemplates[MailTemplate],
  settings: MailSettings,
) => Promise<WrittenMail>;

type Sending = { app: App; mailer: Mailer; write: MailWriter; signal: AbortSignal };

/**
 * Sends what is due, until nothing is or `signal` says stop. Any number of workers may do so at the same time: a mail is claimed by one, and
 * once all of it was handed to the mail server it is never sent again, whoever dies.
 */
export async function sendDueMails(sending: Sending): Promise<void> {
  const { db } = sending.app;
  await queries.settleHanded(db);
  await queries.dropExpired(db);
  while (!sending.signal.aborted) {
    const ids = await queries.claimDue(db, CLAIMED_AT_ONCE, LEASE_SECONDS);
    if (ids.length === 0) return;
    const claimed = await queries.readClaimed(db, ids);
    const off = await switchedOff(sending.app, claimed);
    // All are written before one is sent: writing takes the processor, and nobody should be killed between a mail's mark and its end.
    const waiting: Written[] = [];
    for (const one of claimed) waiting.push(await writeOne(sending, one, off));
    const sendNext = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) await sendOne(sending, next);
    };
    await Promise.all(Array.from({ length: SENT_AT_ONCE }, sendNext));
  }
}

async function switchedOff(
  { db }: Pick<App, 'db'>,
  claimed: readonly queries.ClaimedMail[],
): Promise<ReadonlySet<string>> {
  const addresses = [...new Set(claimed.map(({ mail }) => mail.toAddress))];
  const rows = await queries.listOff(db, addresses);
  return new Set(rows.map((row) => `${row.address} ${row.category}`));
}

type Written = { mail: queries.MailRow; outgoing: OutgoingMail | 'off' | { failed: unknown } };

async function writeOne(
  sending: Sending,
  claimed: queries.ClaimedMail,
  off: ReadonlySet<string>,
): Promise<Written> {
  const { mail } = claimed;
  try {
    const category = categoryOf(mail.template as MailTemplate, mail.data);
    if (category && off.has(`${mail.toAddress} ${category}`)) return { mail, outgoing: 'off' };
    return { mail, outgoing: await write(sending, claimed, category !== null) };
  } catch (failed) {
    return { mail, outgoing: { failed } };
  }
}

async function sendOne({ app, mailer }: Sending, { mail, outgoing }: Written): Promise<void> {
  const settle = (outcome: Parameters<typeof queries.settle>[3]) =>
    queries.settle(app.db, mail.id, mail.attempts, outcome);
  if (outgoing === 'off') return await settle({ state: 'dropped' });
  try {
    if ('failed' in outgoing) throw outgoing.failed;
    await mailer.send(outgoing, async () => {
      const { ours, kept } = await queries.markHanded(app.db, mail.id, mail.attempts);
      kept.catch((error: unknown) => app.log.warn({ mail: mail.id, err: error }, 'the mark was not kept'));
      if (!ours) throw new Error('The mail took longer than its lease');
    });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    app.log.warn(
      { mail: mail.id, template: mail.template, attempts: mail.attempts, err: error },
      'mail not sent',
    );
    const againInSeconds = AGAIN_AFTER[mail.attempts - 1];
    if (error instanceof MailRefusedError || againInSeconds === undefined)
      return await settle({ state: 'failed', problem });
    await settle({ state: 'queued', problem, againInSeconds });
    await enqueue(app, app.db, 'mail-send', {}, { afterSeconds: againInSeconds });
    return;
  }
  await keepTelling(() => settle({ state: 'sent' }));
  app.log.info({ mail: mail.id, template: mail.template }, 'mail sent');
}

/** What was taken would be sent again if Postgres, away for a moment, never heard of it. */
async function keepTelling(tell: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await tell();
    } catch (error) {
      if (tries === TOLD_AT_MOST) throw error;
      await wait(TOLD_EVERY_MS);
    }
  }
}

async function write(
  { app, write: writeMail }: Sending,
  { mail, locale, timeZone }: queries.ClaimedMail,
  mayBeOff: boolean,
): Promise<OutgoingMail> {
  const { LECTERN_URL, LECTERN_SECRET } = app.env;
  const token = signId(LECTERN_SECRET, 'mail-off', mail.id, 1);
  const offUrl = mayBeOff ? addressFor(mail, new URL(`/mail/off/${token}`, LECTERN_URL)) : null;
  const data = mail.data as MailTemplates[MailTemplate];
  const template = mail.template as MailTemplate;
  const wayIn = ({ link, path }: MailWay) =>
    link ? personalLinkUrl(app, link) : new URL(path, LECTERN_URL).href;
  const written = await writeMail(template, data, { locale: locale ?? 'en', timeZone, offUrl, wayIn });
  const way = 'way' in data ? wayIn(data.way) : LECTERN_URL;
  return {
    ...written,
    messageId: messageIdOf(mail.key, LECTERN_URL),
    to: { name: mail.toName, address: mail.toAddress },
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(mayBeOff && {
        // RFC 8058: a mail program switches it off with one press, by a POST without anybody's cookies.
        'List-Unsubscribe': `<${new URL(`/api/mail/off/${token}`, LECTERN_URL).href}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    calendar: mail.calendar && withWayIn(mail.calendar, way),
  };
}

/** An address of ours in a mail: who has no account finds the page in the language of the mail. */
function addressFor({ userId, locale }: queries.MailRow, url: URL): string {
  return (userId === null && isLocale(locale) ? inLanguage(url, locale) : url).href;
}

/** From the key alone: who gets the same mail twice after all can tell. */
export function messageIdOf(key: string, appUrl: string): string {
  const digest = createHash('sha256').update(key).digest('base64url').slice(0, 32);
  return `${digest}@${new URL(appUrl).hostname}`;
}
