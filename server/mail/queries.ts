import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, desc, eq, inArray, lt, lte, or, sql } from 'drizzle-orm';
import type { Db, Executor } from '@/db/client';
import { mailbox, mailOff, mails, users } from '@/db/schema';
import type { OutgoingMail } from '../adapters/mail/port';

export type MailRow = typeof mails.$inferSelect;
type NewMail = Pick<
  MailRow,
  'id' | 'key' | 'userId' | 'toAddress' | 'toName' | 'locale' | 'template' | 'data' | 'calendar' | 'expiresAt'
> & { dueAt: Date | null };

/** Rows of one statement; Postgres takes 65,535 parameters. */
const ROWS_AT_ONCE = 500;

/** Adds mails; those whose key is there already are left alone. Gives how many are new. */
export async function insertMails(db: Executor, wishes: readonly NewMail[]): Promise<number> {
  let added = 0;
  for (let from = 0; from < wishes.length; from += ROWS_AT_ONCE) {
    const rows = wishes
      .slice(from, from + ROWS_AT_ONCE)
      .map(({ dueAt, ...wish }) => ({ ...wish, dueAt: dueAt ?? sql`now()` }));
    const inserted = await db
      .insert(mails)
      .values(rows)
      .onConflictDoNothing({ target: mails.key })
      .returning({ id: mails.id });
    added += inserted.length;
  }
  return added;
}

/** Whoever held these was killed after all of the mail was handed over: it counts as sent. */
export async function settleHanded(db: Executor): Promise<void> {
  await db
    .update(mails)
    .set({ state: 'sent', sentAt: sql`now()`, leaseUntil: null })
    .where(and(eq(mails.state, 'handed'), lt(mails.leaseUntil, sql`now()`)));
}

/** What nobody wants any more by now. */
export async function dropExpired(db: Executor): Promise<void> {
  await db
    .update(mails)
    .set({ state: 'dropped' })
    .where(and(eq(mails.state, 'queued'), lt(mails.expiresAt, sql`now()`)));
}

/** Takes some of the mails that are due, for a while: others leave them alone until the lease ends. */
export async function claimDue(db: Executor, most: number, leaseSeconds: number): Promise<string[]> {
  const due = db
    .select({ id: mails.id })
    .from(mails)
    .where(
      and(
        lte(mails.dueAt, sql`now()`),
        or(eq(mails.state, 'queued'), and(eq(mails.state, 'sending'), lt(mails.leaseUntil, sql`now()`))),
      ),
    )
    .orderBy(asc(mails.dueAt))
    .limit(most)
    .for('update', { skipLocked: true });
  const rows = await db
    .update(mails)
    .set({
      state: 'sending',
      leaseUntil: sql`now() + make_interval(secs => ${leaseSeconds})`,
      attempts: sql`${mails.attempts} + 1`,
    })
    .where(inArray(mails.id, due))
    .returning({ id: mails.id });
  return rows.map((row) => row.id);
}

/** The mails as they are to be written, with their readers' language and zone. */
export async function readClaimed(db: Executor, ids: readonly string[]) {
  return db
    .select({
      mail: mails,
      locale: sql<string | null>`coalesce(${users.locale}, ${mails.locale})`,
      timeZone: users.timeZone,
    })
    .from(mails)
    .leftJoin(users, eq(users.id, mails.userId))
    .where(inArray(mails.id, [...ids]));
}
export type ClaimedMail = Awaited<ReturnType<typeof readClaimed>>[number];

/** Which of these addresses want no mail of which kind. */
export function listOff(db: Executor, addresses: readonly string[]) {
  return db
    .select({ address: mailOff.address, category: mailOff.category })
    .from(mailOff)
    .where(inArray(mailOff.address, [...addresses]));
}

/**
 * All of it is on its way: from here on it is never sent again. Over when the COMMIT has left this process: who is killed right after the last
 * of the mail followed it has lost and doubled nothing, however long the answer would have taken. `kept` is that answer; it may fail.
 * `ours`: false where the lease was lost to somebody else.
 */
export async function markHanded(
  db: Db,
  id: string,
  attempt: number,
): Promise<{ ours: boolean; kept: Promise<void> }> {
  const { promise: marked, resolve } = Promise.withResolvers<boolean>();
  const kept = db.transaction(async (tx) => {
    const rows = await tx
      .update(mails)
      .set({ state: 'handed' })
      .where(and(eq(mails.id, id), eq(mails.state, 'sending'), eq(mails.attempts, attempt)))
      .returning({ id: mails.id });
    resolve(rows.length > 0);
  });
  const ours = await Promise.race([marked, kept.then(() => marked)]);
  // postgres.js writes what it was given when the callbacks of this turn are over.
  await nextTurn();
  await nextTurn();
  return { ours, kept };
}

type Outcome =
  | { state: 'sent' }
  | { state: 'dropped' }
  | { state: 'failed'; problem: string }
  | { state: 'queued'; problem: string; againInSeconds: number };

/** What became of a try. */
export async function settle(db: Executor, id: string, attempt: number, outcome: Outcome): Promise<void> {
  const again = outcome.state === 'queued';
  await db
    .update(mails)
    .set({
      state: outcome.state,
      leaseUntil: null,
      problem: 'problem' in outcome ? outcome.problem : null,
      ...(outcome.state === 'sent' && { sentAt: sql`now()` }),
      ...(again && { dueAt: sql`now() + make_interval(secs => ${outcome.againInSeconds})` }),
    })
    .where(and(eq(mails.id, id), inArray(mails.state, ['sending', 'handed']), eq(mails.attempts, attempt)));
}

/** Drops the mails that wait under keys that begin so. */
export async function dropByKey(db: Executor, prefixes: readonly string[]): Promise<void> {
  const some = JSON.stringify(prefixes);
  await db
    .update(mails)
    .set({ state: 'dropped' })
    .where(
      and(
        eq(mails.state, 'queued'),
        sql`exists (select 1 from jsonb_array_elements_text(${some}::jsonb) p where starts_with(${mails.key}, p))`,
      ),
    );
}

/** Forgets what was settled long ago, addresses and links with it. */
export async function purgeMails(db: Executor, days: number): Promise<void> {
  const old = sql`now() - make_interval(days => ${days})`;
  await db
    .delete(mails)
    .where(and(lt(mails.createdAt, old), inArray(mails.state, ['sent', 'dropped', 'failed'])));
  await db.delete(mailbox).where(lt(mailbox.receivedAt, old));
}

export async function findMailTarget(
  db: Executor,
  id: string,
): Promise<{ address: string; template: string; data: unknown } | null> {
  const [row] = await db
    .select({ address: mails.toAddress, template: mails.template, data: mails.data })
    .from(mails)
    .where(eq(mails.id, id));
  return row ?? null;
}

export async function isOff(db: Executor, address: string, category: string): Promise<boolean> {
  const rows = await db
    .select({ address: mailOff.address })
    .from(mailOff)
    .where(and(eq(mailOff.address, address), eq(mailOff.category, category)));
  return rows.length > 0;
}

export async function setOff(db: Executor, address: string, category: string, off: boolean): Promise<void> {
  if (off) await db.insert(mailOff).values({ address, category }).onConflictDoNothing();
  else await db.delete(mailOff).where(and(eq(mailOff.address, address), eq(mailOff.category, category)));
}

/** Keeps what would have been sent, each mail once. */
export function mailboxStore(db: Executor) {
  return async ({ messageId, to, subject, text, html, headers, calendar }: OutgoingMail): Promise<void> => {
    const row = { messageId, toAddress: to.address, toName: to.name, subject, text, html };
    await db
      .insert(mailbox)
      .values({ ...row, headers: { ...headers }, calendar: calendar?.content ?? null })
      .onConflictDoNothing();
  };
}

const mailboxLine = {
  messageId: mailbox.messageId,
  toAddress: mailbox.toAddress,
  toName: mailbox.toName,
  subject: mailbox.subject,
  receivedAt: mailbox.receivedAt,
};

/** The newest mails of the mailbox, or those to one address. */
export function listMailbox(db: Executor, to: string | null) {
  return db
    .select(mailboxLine)
    .from(mailbox)
    .where(to === null ? undefined : eq(mailbox.toAddress, to))
    .orderBy(desc(mailbox.receivedAt), desc(mailbox.messageId))
    .limit(100);
}

export async function findInMailbox(db: Executor, messageId: string) {
  const [row] = await db.select().from(mailbox).where(eq(mailbox.messageId, messageId));
  return row ?? null;
}
