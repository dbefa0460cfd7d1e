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
import { users } from './identity';

/**
 * `personal`: what a teacher's own room belongs to; it is in no list and has no page. `booking`: what one booked hour belongs to (bookings.ts):
 * its room, its lesson and its people. `call`: the same for a call that was answered (calls.ts).
 */
export const courseKind = pgEnum('course_kind', ['course', 'personal', 'booking', 'call']);

/** `public`: its page is open to everybody. `invited`: it has none; people come by invitation or by the course's link. */
export const courseVisibility = pgEnum('course_visibility', ['invited', 'public']);

/** What pressing the button of its page or following its link does. Invitations count whatever this says. */
export const enrolmentMode = pgEnum('enrolment_mode', ['open', 'approval', 'closed']);

export const courseLevel = pgEnum('course_level', ['all', 'beginner', 'intermediate', 'advanced']);

/** `series`: every lesson there is and will be. `lessons`: those that somebody has chosen. */
export const registrationScope = pgEnum('registration_scope', ['series', 'lessons']);

export const courses = pgTable(
  'courses',
  {
    id: uuid('id').primaryKey(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id),
    kind: courseKind('kind').notNull().default('course'),
    title: text('title').notNull(),
    description: text('description').notNull().default(''),
    /** BCP 47. */
    language: text('language').notNull().default('en'),
    level: courseLevel('level').notNull().default('all'),
    /** How many students; null: any number. Who teaches or presents takes no seat. */
    capacity: integer('capacity'),
    /** IANA zone in which its lessons are meant. */
    timeZone: text('time_zone').notNull().default('UTC'),
    visibility: courseVisibility('visibility').notNull().default('invited'),
    enrolment: enrolmentMode('enrolment').notNull().default('open'),
    /** What is offered to who comes by page or link. */
    registration: registrationScope('registration').notNull().default('series'),
    /** Raising it voids the course's link. */
    linkVersion: integer('link_version').notNull().default(1),
    /** Null: there is no link, or it was revoked. */
    linkOpenedAt: timestamp('link_opened_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    archivedAt: timestamp('archived_at', { withTimezone: true }),
  },
  (t) => [
    index('courses_owner').on(t.ownerId),
    uniqueIndex('courses_one_personal').on(t.ownerId).where(sql`kind = 'personal'`),
  ],
);

/** The owner is not enrolled: ownership stands in `courses.owner_id`. */
export const courseRole = pgEnum('course_role', ['teacher', 'presenter', 'student']);

export const enrolments = pgTable(
  'enrolments',
  {
    courseId: uuid('course_id')
      .notNull()
      .references(() => courses.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: courseRole('role').notNull(),
    /** Who teaches or presents is in all lessons. */
    scope: registrationScope('scope').notNull().default('series'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.courseId, t.userId] }),
    index('enrolments_user').on(t.userId),
    index('enrolments_age').on(t.courseId, t.createdAt, t.userId),
  ],
);

/** Who has to pay for a course before they are let into it as a student. Leaving it and coming again settles nothing. */
export const openPayments = pgTable(
  'open_payments',
  {
    courseId: uuid('course_id')
      .notNull()
      .references(() => courses.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.courseId, t.userId] })],
);

/** A part of a course's syllabus. */
export const courseSections = pgTable(
  'course_sections',
  {
    id: uuid('id').primaryKey(),
    courseId: uuid('course_id')
      .notNull()
      .references(() => courses.id, { onDelete: 'cascade' }),
    /** From 0, in the order in which they are shown. */
    position: integer('position').notNull(),
    title: text('title').notNull(),
    text: text('text').notNull().default(''),
  },
  (t) => [index('course_sections_course').on(t.courseId, t.position)],
);
