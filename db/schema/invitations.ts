import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { courseRole, courses, registrationScope } from './courses';
import { users } from './identity';
import { lessons } from './lessons';

export const invitationStatus = pgEnum('invitation_status', ['pending', 'accepted', 'declined', 'revoked']);

/** Somebody was asked into a course by e-mail. The link in it is `HMAC(id, version)`. */
export const invitations = pgTable(
  'invitations',
  {
    id: uuid('id').primaryKey(),
    courseId: uuid('course_id')
      .notNull()
      .references(() => courses.id, { onDelete: 'cascade' }),
    /** As `users.email` is kept. */
    email: text('email').notNull(),
    /** How whoever invited calls them; empty where they did not say. */
    name: text('name').notNull().default(''),
    role: courseRole('role').notNull().default('student'),
    status: invitationStatus('status').notNull().default('pending'),
    version: integer('version').notNull().default(1),
    invitedBy: uuid('invited_by')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    decidedAt: timestamp('decided_at', { withTimezone: true }),
  },
  (t) => [
    uniqueIndex('invitations_one_pending').on(t.courseId, t.email).where(sql`status = 'pending'`),
    index('invitations_course').on(t.courseId, t.createdAt),
    index('invitations_email').on(t.email).where(sql`status = 'pending'`),
  ],
);

export const requestStatus = pgEnum('request_status', ['pending', 'admitted', 'declined']);

/** Somebody asks to be let into a course whose teacher decides. */
export const enrolmentRequests = pgTable(
  'enrolment_requests',
  {
    courseId: uuid('course_id')
      .notNull()
      .references(() => courses.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    status: requestStatus('status').notNull().default('pending'),
    scope: registrationScope('scope').notNull().default('series'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    decidedAt: timestamp('decided_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.courseId, t.userId] }),
    index('enrolment_requests_pending').on(t.courseId, t.createdAt).where(sql`status = 'pending'`),
  ],
);

/** The lessons of somebody who is enrolled for single ones. */
export const lessonRegistrations = pgTable(
  'lesson_registrations',
  {
    lessonId: uuid('lesson_id')
      .notNull()
      .references(() => lessons.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.lessonId, t.userId] }), index('lesson_registrations_user').on(t.userId)],
);
