import { sql } from 'drizzle-orm';
import { index, pgEnum, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';
import { courses } from './courses';
import { users } from './identity';
import { lessons } from './lessons';

/** What a call is; how it goes from one to the next is said in server/calls/machine.ts. */
export const callState = pgEnum('call_state', [
  'ringing',
  'answered',
  'declined',
  'cancelled',
  'missed',
  'busy',
  'ended',
]);

const at = (name: string) => timestamp(name, { withTimezone: true });

/** Somebody of a course who rings another one of it. Answered, it has a lesson in a room of its own. */
export const calls = pgTable(
  'calls',
  {
    id: uuid('id').primaryKey(),
    courseId: uuid('course_id')
      .notNull()
      .references(() => courses.id, { onDelete: 'cascade' }),
    callerId: uuid('caller_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    calleeId: uuid('callee_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    state: callState('state').notNull(),
    startedAt: at('started_at').notNull().default(sql`clock_timestamp()`),
    /** Nobody has answered by then: missed. */
    ringsUntil: at('rings_until').notNull(),
    answeredAt: at('answered_at'),
    endedAt: at('ended_at'),
    /** When its state changed last: both people's tabs hear of it. */
    changedAt: at('changed_at').notNull().default(sql`clock_timestamp()`),
    lessonId: uuid('lesson_id').references(() => lessons.id, { onDelete: 'set null' }),
  },
  (t) => [
    index('calls_open').on(t.state).where(sql`state in ('ringing', 'answered')`),
    index('calls_changed').on(t.changedAt),
    index('calls_caller').on(t.callerId, t.startedAt),
    index('calls_course').on(t.courseId, t.startedAt),
  ],
);

/**
 * Who is on the line: one row for each of the two people of a call that rings, or that was answered and whose room they are on their way to. That
 * a person is in it once is what makes somebody busy, however many call at the same moment.
 */
export const callLines = pgTable(
  'call_lines',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    callId: uuid('call_id')
      .notNull()
      .references(() => calls.id, { onDelete: 'cascade' }),
  },
  (t) => [index('call_lines_call').on(t.callId)],
);

/** A browser with a page of Lectern open, leased in Postgres' time: being online is this and nothing else. */
export const siteConnections = pgTable(
  'site_connections',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The sign-in that it came with: it ends with it. */
    sessionId: uuid('session_id').notNull(),
    /** The process that holds the stream and renews the lease. */
    instanceId: uuid('instance_id').notNull(),
    leasedUntil: at('leased_until').notNull(),
  },
  (t) => [
    index('site_connections_user').on(t.userId, t.leasedUntil),
    index('site_connections_lease').on(t.leasedUntil),
  ],
);
