import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

/** What somebody may do with the installation itself. Rights in a course or room come from their own tables. */
export const installationRole = pgEnum('installation_role', ['user', 'admin']);

export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey(),
    /** Stored lower-case. */
    email: text('email').notNull(),
    name: text('name').notNull(),
    /** Argon2id, PHC string. Null for an account that never chose a password. */
    passwordHash: text('password_hash'),
    role: installationRole('role').notNull().default('user'),
    /** What mails are written in: a language of `messages/`, and the IANA zone of the browser that was last signed in with. */
    locale: text('locale'),
    timeZone: text('time_zone'),
    /** Raising it voids the address of their calendar feed; null: there is none; below zero: it was turned off at that version. */
    feedVersion: integer('feed_version'),
    /** False: people of their courses do not see them online, and cannot call them. */
    takesCalls: boolean('takes_calls').notNull().default(true),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [uniqueIndex('users_email').on(t.email)],
);

/** One row for each device that is signed in; the JWT carries the id (`sid`) and counts only while the row does. */
export const authSessions = pgTable(
  'auth_sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    userAgent: text('user_agent'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
  },
  (t) => [index('auth_sessions_live').on(t.userId).where(sql`revoked_at is null`)],
);

/** Counted tries (rate-limiter-flexible's own shape): shared by all instances, kept through a restart. */
export const rateLimits = pgTable('rate_limits', {
  key: text('key').primaryKey(),
  points: integer('points').notNull(),
  expire: timestamp('expire', { withTimezone: true }),
});
