import { sql } from 'drizzle-orm';
import { index, jsonb, pgEnum, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { courses } from './courses';
import { users } from './identity';

export const notificationKind = pgEnum('notification_kind', [
  'enrolled',
  'asked',
  'admitted',
  'declined',
  'lesson-moved',
  'lesson-cancelled',
  'file-failed',
  'booked',
  'booking-moved',
  'booking-cancelled',
  'call-missed',
]);

/** Something that changed for somebody, for the bell. */
export const notifications = pgTable(
  'notifications',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: notificationKind('kind').notNull(),
    courseId: uuid('course_id').references(() => courses.id, { onDelete: 'cascade' }),
    /** The words of its sentence, as they were then. */
    facts: jsonb('facts').$type<Record<string, string | number>>().notNull(),
    /** The same key for the same person is the same notification: what is tried twice is told once. */
    key: text('key').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    readAt: timestamp('read_at', { withTimezone: true }),
  },
  (t) => [
    uniqueIndex('notifications_key').on(t.userId, t.key),
    index('notifications_newest').on(t.userId, t.createdAt),
    index('notifications_unread').on(t.userId).where(sql`read_at is null`),
  ],
);
