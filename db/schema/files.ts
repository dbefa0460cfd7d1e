import { sql } from 'drizzle-orm';
import { bigint, index, pgEnum, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';

export const hostedFileState = pgEnum('hosted_file_state', ['coming', 'here', 'gone']);

/**
 * Files that lie at uploadthing. A name there is used once, so a key whose file is written anew gets another name; every name
 * has a row before a byte is sent, and keeps it until the file is known to be deleted.
 */
export const hostedFiles = pgTable(
  'hosted_files',
  {
    /** The vendor's file key. */
    name: text('name').primaryKey(),
    /** The storage key that it is, or was, stored under. */
    key: uuid('key').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    state: hostedFileState('state').notNull().default('coming'),
    /** Since when it is in this state. */
    at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('hosted_files_here').on(t.key).where(sql`state = 'here'`),
    index('hosted_files_swept').on(t.at).where(sql`state <> 'here'`),
  ],
);
