import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { courses } from './courses';
import { users } from './identity';
import { rooms } from './rooms';
import { lessonSeries } from './series';

export const lessonStatus = pgEnum('lesson_status', ['scheduled', 'live', 'ended', 'cancelled']);

/** A scheduled occurrence of a course; once it has run, the span `[startSeq, endSeq]` of its room's log. */
export const lessons = pgTable(
  'lessons',
  {
    id: uuid('id').primaryKey(),
    courseId: uuid('course_id')
      .notNull()
      .references(() => courses.id, { onDelete: 'cascade' }),
    roomId: uuid('room_id')
      .notNull()
      .references(() => rooms.id),
    title: text('title').notNull(),
    startsAt: timestamp('starts_at', { withTimezone: true }).notNull(),
    durationMinutes: integer('duration_minutes').notNull(),
    /** IANA zone that the start was meant in. */
    timeZone: text('time_zone').notNull(),
    status: lessonStatus('status').notNull().default('scheduled'),
    /** Raising it revokes every lesson link that was handed out. */
    linkVersion: integer('link_version').notNull().default(1),
    startedAt: timestamp('started_at', { withTimezone: true }),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    startSeq: bigint('start_seq', { mode: 'number' }),
    endSeq: bigint('end_seq', { mode: 'number' }),
    seriesId: uuid('series_id').references(() => lessonSeries.id, { onDelete: 'cascade' }),
    /** Which lesson of its series: what the clock would show by the rule, as `2026-03-29T10:30`, wherever it was moved. */
    occurrence: text('occurrence'),
    /** Moved or renamed by itself: what is changed for all leaves that as it is. */
    moved: boolean('moved').notNull().default(false),
    renamed: boolean('renamed').notNull().default(false),
    /** Raised by every change: who changes an older one is told. In a series, the series' own counts. Also the SEQUENCE in calendars. */
    version: integer('version').notNull().default(1),
    /** When people are to be told of what changed; null: they know. */
    noticeDueAt: timestamp('notice_due_at', { withTimezone: true }),
    /** What they were told last. Instants in ms. */
    told: jsonb('told').$type<{ title: string; at: number; minutes: number; held: boolean }>(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('lessons_course_start').on(t.courseId, t.startsAt),
    uniqueIndex('lessons_one_live_a_room').on(t.roomId).where(sql`status = 'live'`),
    index('lessons_occurrence').on(t.seriesId, t.occurrence),
    index('lessons_start').on(t.startsAt).where(sql`status = 'scheduled'`),
    index('lessons_notice').on(t.noticeDueAt).where(sql`notice_due_at is not null`),
  ],
);

/**
 * One person's own link to a lesson: for somebody with an account or only a name. With a series it leads to the lesson of it that runs or comes
 * next, and `lessonId` is the one that it was made at. The link is `HMAC(id, version)`.
 */
export const personalLinks = pgTable(
  'personal_links',
  {
    id: uuid('id').primaryKey(),
    lessonId: uuid('lesson_id')
      .notNull()
      .references(() => lessons.id, { onDelete: 'cascade' }),
    seriesId: uuid('series_id').references(() => lessonSeries.id, { onDelete: 'cascade' }),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    version: integer('version').notNull().default(1),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('personal_links_lesson').on(t.lessonId),
    index('personal_links_series').on(t.seriesId).where(sql`series_id is not null`),
  ],
);
