import type { Executor } from '@/db/client';
import type { App } from '../app';
import { AppError } from '../errors';
import { enqueue } from '../jobs/queue';
import { isSigned, parseSignedId } from '../signed-id';
import { categoryOf } from './categories';
import * as queries from './queries';
import { MAIL_CATEGORIES, type MailCategory, type MailTemplate, type MailWish } from './types';

export type { LessonNews, MailCalendar, MailCategory, MailTemplates, MailWish } from './types';
export { WAY_IN } from './way-in';
export { sendDueMails } from './sending';

type Queueing = Pick<App, 'db' | 'newId'>;

/**
 * Asks for a mail in the transaction that wants it: it is sent if, and only if, the transaction commits, and once for its key. It is written
 * in the language and zone of the account (`to.userId`), when it is sent.
 * @returns whether it is new: false where its key was there already
 */
export async function queueMail<Name extends MailTemplate>(
  app: Queueing,
  tx: Executor,
  wish: MailWish<Name>,
): Promise<boolean> {
  return (await queueMails(app, tx, [wish])) > 0;
}

/** The same for many at once, such as a class: some statements, however many. Gives how many are new. */
export async function queueMails(app: Queueing, tx: Executor, wishes: readonly MailWish[]): Promise<number> {
  if (wishes.length === 0) return 0;
  const added = await queries.insertMails(
    tx,
    wishes.map(({ key, to, template, data, calendar, at, expiresAt }) => ({
      ...{ id: app.newId(), key, userId: to.userId, toAddress: to.address.toLowerCase(), toName: to.name },
      locale: to.locale ?? null,
      ...{ template, data, calendar: calendar ?? null, dueAt: at ?? null, expiresAt: expiresAt ?? null },
    })),
  );
  if (added === 0) return 0;
  // Only a hint, as mails are looked for every minute: the clock of this machine is good enough.
  const soonest = Math.min(...wishes.map(({ at }) => at?.getTime() ?? 0));
  await enqueue(app, tx, 'mail-send', {}, { afterSeconds: Math.max(0, (soonest - Date.now()) / 1000) });
  return added;
}

/** Takes mails back that were not sent yet: all whose key begins with one of these. */
export async function dropMails(tx: Executor, keyPrefixes: readonly string[]): Promise<void> {
  if (keyPrefixes.length > 0) await queries.dropByKey(tx, keyPrefixes);
}

/** What was written about a time of lessons that is no longer theirs is not sent; the new time has its own. */
export const dropReminders = (tx: Executor, lessonIds: readonly string[]): Promise<void> =>
  dropMails(
    tx,
    lessonIds.map((id) => `reminder:${id}:`),
  );

/** How long a settled mail is kept: the link that switches its kind off works as long. */
const KEPT_DAYS = 90;

/** Forgets what was settled long ago. */
export async function purgeMails(app: Pick<App, 'db'>): Promise<void> {
  await queries.purgeMails(app.db, KEPT_DAYS);
}

/** What the link at the end of a mail is about. */
export type OffView = { category: MailCategory; address: string; off: boolean };

/** @throws AppError LINK_INVALID: one answer for forged and unknown ones */
export async function readOff(app: App, token: string): Promise<OffView> {
  const { address, category } = await findTarget(app, token);
  return { category, address, off: await queries.isOff(app.db, address, category) };
}

/** Switches a kind of mail off, or on again, for the address that got the mail. @throws AppError LINK_INVALID */
export async function setOff(app: App, token: string, off: boolean): Promise<void> {
  const { address, category } = await findTarget(app, token);
  await queries.setOff(app.db, address, category, off);
}

/** Every kind of mail that can be switched off, and whether an address has done so. */
export async function readKinds(
  app: Pick<App, 'db'>,
  address: string,
): Promise<{ category: MailCategory; off: boolean }[]> {
  const off = new Set((await queries.listOff(app.db, [address])).map(({ category }) => category));
  return MAIL_CATEGORIES.map((category) => ({ category, off: off.has(category) }));
}

export async function setKind(
  app: Pick<App, 'db'>,
  address: string,
  { category, off }: { category: MailCategory; off: boolean },
): Promise<void> {
  await queries.setOff(app.db, address, category, off);
}

async function findTarget(app: App, token: string): Promise<{ address: string; category: MailCategory }> {
  const signed = parseSignedId(token);
  const genuine = signed && isSigned(app.env.LECTERN_SECRET, 'mail-off', signed, 1);
  const mail = genuine ? await queries.findMailTarget(app.db, signed.id) : null;
  const category = mail ? categoryOf(mail.template as MailTemplate, mail.data) : null;
  if (!mail || !category) throw new AppError('LINK_INVALID');
  return { address: mail.address, category };
}

/** The mailbox is there where there is no mail server, and where it was opened. @throws AppError NOT_FOUND */
function requireMailbox({ env }: Pick<App, 'env'>): void {
  if (env.SMTP_URL || !env.LECTERN_MAILBOX) throw new AppError('NOT_FOUND');
}

/** What would have been sent, newest first; with `to` what one address would have got. @throws AppError NOT_FOUND */
export async function readMailbox(app: App, to: string | null) {
  requireMailbox(app);
  const rows = await queries.listMailbox(app.db, to?.toLowerCase() ?? null);
  return rows.map((row) => ({ ...row, receivedAt: row.receivedAt.getTime() }));
}

/** One mail of the mailbox. @throws AppError NOT_FOUND */
export async function readMailboxMail(app: App, messageId: string) {
  requireMailbox(app);
  const row = await queries.findInMailbox(app.db, messageId);
  if (!row) throw new AppError('NOT_FOUND');
  return { ...row, receivedAt: row.receivedAt.getTime() };
}
