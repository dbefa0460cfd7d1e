import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { users } from './identity';

/**
 * - `queued`: due at its time
 * - `sending`: a worker has it, for as long as its lease lasts; then it is queued again
 * - `handed`: all of it went to the mail server, whose answer is not written down yet: it is never sent again
 * - `dropped`: was not wanted any more, or came too late
 * - `failed`: was tried in vain
 */
export const mailState = pgEnum('mail_state', ['queued', 'sending', 'handed', 'sent', 'dropped', 'failed']);

/** Every mail that is to be sent, written in the transaction that wants it. The key makes the same mail one mail. */
export const mails = pgTable(
  'mails',
  {
    id: uuid('id').primaryKey(),
    key: text('key').notNull(),
    /** Whose language and zone it is written in; null: somebody without an account. */
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    toAddress: text('to_address').notNull(),
    toName: text('to_name').notNull(),
    /** The language for who has no account; null: nobody knows one. */
    locale: text('locale'),
    template: text('template').notNull(),
    data: jsonb('data').$type<unknown>().notNull(),
    /** What goes with it for the reader's calendar. */
    calendar: jsonb('calendar').$type<{ method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; content: string }>(),
    state: mailState('state').notNull().default('queued'),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
    /** After that it is of no use to anybody. */
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    leaseUntil: timestamp('lease_until', { withTimezone: true }),
    attempts: integer('attempts').notNull().default(0),
    /** Why it could not be sent, for who runs the installation. */
    problem: text('problem'),
    sentAt: timestamp('sent_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('mails_key').on(t.key),
    index('mails_due').on(t.dueAt).where(sql`state in ('queued', 'sending', 'handed')`),
    index('mails_created').on(t.createdAt),
  ],
);

/** Where mail lands on an installation without a mail server. */
export const mailbox = pgTable(
  'mailbox',
  {
    messageId: text('message_id').primaryKey(),
    toAddress: text('to_address').notNull(),
    toName: text('to_name').notNull(),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    html: text('html').notNull(),
    headers: jsonb('headers').$type<Record<string, string>>().notNull(),
    calendar: text('calendar'),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index('mailbox_received').on(t.receivedAt)],
);

/** What an address wants no mail about. By address, because who is invited need not have an account. */
export const mailOff = pgTable(
  'mail_off',
  {
    address: text('address').notNull(),
    category: text('category').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.address, t.category] })],
);
