import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { courses } from './courses';
import { users } from './identity';

/** How a series goes on (server/lessons/recurrence.ts reads and checks it). */
export type SeriesRule = {
  every:
    | { kind: 'weekly'; interval: number; weekdays: ('MO' | 'TU' | 'WE' | 'TH' | 'FR' | 'SA' | 'SU')[] }
    | {
        kind: 'monthly';
        interval: number;
        week: 1 | 2 | 3 | 4 | -1;
        weekday: 'MO' | 'TU' | 'WE' | 'TH' | 'FR' | 'SA' | 'SU';
      };
  end: { kind: 'until'; date: string } | { kind: 'count'; count: number };
  except: string[];
};

/** A course's lessons that come by a rule: at the same time of day on the clock of a zone, whatever daylight saving does. */
export const lessonSeries = pgTable(
  'lesson_series',
  {
    id: uuid('id').primaryKey(),
    courseId: uuid('course_id')
      .notNull()
      .references(() => courses.id, { onDelete: 'cascade' }),
    title: text('title').notNull(),
    /** What the clock shows at the first lesson, as `2026-03-29T10:30`. */
    firstLocal: text('first_local').notNull(),
    /** IANA zone of that clock. */
    timeZone: text('time_zone').notNull(),
    durationMinutes: integer('duration_minutes').notNull(),
    rule: jsonb('rule').$type<SeriesRule>().notNull(),
    /** Raised by every change to the series or one of its lessons: who changes an older one is told. Also the SEQUENCE in calendars. */
    version: integer('version').notNull().default(1),
    /** When people are to be told of what changed; null: they know. */
    noticeDueAt: timestamp('notice_due_at', { withTimezone: true }),
    /** How many lessons it had when they were told last: it loses some where it is cut in two. Null: nobody was told. */
    told: integer('told'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('lesson_series_course').on(t.courseId),
    index('lesson_series_notice').on(t.noticeDueAt).where(sql`notice_due_at is not null`),
  ],
);

/**
 * Who has what in their calendar by our mail. `subjectId`: a series, or a lesson that is invited to by itself, as it belongs to none or its person
 * has chosen single ones. It is the event's UID for ever.
 */
export const calendarInvitations = pgTable(
  'calendar_invitations',
  {
    subjectId: uuid('subject_id').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Of the mail that they were sent last, rising (RFC 5546 §2.1.4). */
    sequence: integer('sequence').notNull().default(0),
    /** It was taken out of their calendar again. */
    withdrawn: boolean('withdrawn').notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.subjectId, t.userId] })],
);

/** Whose place in a course changed: what they have in their calendar is put right when it is due. */
export const calendarChecks = pgTable(
  'calendar_checks',
  {
    courseId: uuid('course_id')
      .notNull()
      .references(() => courses.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.courseId, t.userId] }), index('calendar_checks_due').on(t.dueAt)],
);
