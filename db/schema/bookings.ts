import { sql } from 'drizzle-orm';
import {
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
import { courses } from './courses';
import { users } from './identity';
import { lessons } from './lessons';

/** A part of a day on the wall of the teacher's zone, as `09:00` to `17:30`; `24:00` is the day's end. */
export type HourRange = { from: string; to: string };
/** The bookable ranges of each weekday, Monday first. */
export type WeeklyHours = readonly (readonly HourRange[])[];
/** A date, as `2026-12-24`, with other hours than its weekday has: none for a day off. */
export type HourException = { date: string; ranges: readonly HourRange[] };

/** When somebody can be booked, by whichever of their offers. */
export const bookingHours = pgTable('booking_hours', {
  teacherId: uuid('teacher_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** IANA zone that the hours are meant in. */
  timeZone: text('time_zone').notNull(),
  weekly: jsonb('weekly').$type<WeeklyHours>().notNull(),
  exceptions: jsonb('exceptions').$type<readonly HourException[]>().notNull(),
  /** A lesson may begin so often within a range. */
  stepMinutes: integer('step_minutes').notNull(),
  /** What stays free around a booking. */
  bufferBeforeMinutes: integer('buffer_before_minutes').notNull(),
  bufferAfterMinutes: integer('buffer_after_minutes').notNull(),
  /** Nothing is booked that begins sooner. */
  noticeMinutes: integer('notice_minutes').notNull(),
  /** Nothing is booked that begins later. */
  horizonDays: integer('horizon_days').notNull(),
  /** Null: any number. */
  maxADay: integer('max_a_day'),
  /** Until so long before its beginning a student moves or cancels a booking. */
  changeMinutes: integer('change_minutes').notNull(),
});

/** Something that one books a teacher for. Its address stays the same for life. */
export const bookingOffers = pgTable(
  'booking_offers',
  {
    id: uuid('id').primaryKey(),
    teacherId: uuid('teacher_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    slug: text('slug').notNull(),
    title: text('title').notNull(),
    description: text('description').notNull().default(''),
    /** How long it may last, in minutes: at least one, shortest first. */
    lengths: integer('lengths').array().notNull(),
    /** How many people share one hour; 1: one-to-one. */
    seats: integer('seats').notNull().default(1),
    /** False: its page says that it takes no bookings at the moment. */
    open: boolean('open').notNull().default(true),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    archivedAt: timestamp('archived_at', { withTimezone: true }),
  },
  (t) => [uniqueIndex('booking_offers_slug').on(t.slug), index('booking_offers_teacher').on(t.teacherId)],
);

export const slotStatus = pgEnum('slot_status', ['booked', 'cancelled']);

/**
 * An hour of a teacher that is booked, with what stays free around it. Two of a teacher's that are not cancelled never overlap: the constraint
 * `booking_slots_no_overlap` (its migration) is what keeps it so, whatever the code does. The people in it are those
 * enrolled in its course, and its lesson says when it begins.
 */
export const bookingSlots = pgTable(
  'booking_slots',
  {
    id: uuid('id').primaryKey(),
    teacherId: uuid('teacher_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    offerId: uuid('offer_id')
      .notNull()
      .references(() => bookingOffers.id, { onDelete: 'cascade' }),
    courseId: uuid('course_id')
      .notNull()
      .references(() => courses.id, { onDelete: 'cascade' }),
    lessonId: uuid('lesson_id')
      .notNull()
      .references(() => lessons.id, { onDelete: 'cascade' }),
    /** With the buffers. */
    startsAt: timestamp('starts_at', { withTimezone: true }).notNull(),
    endsAt: timestamp('ends_at', { withTimezone: true }).notNull(),
    bufferBeforeMinutes: integer('buffer_before_minutes').notNull(),
    bufferAfterMinutes: integer('buffer_after_minutes').notNull(),
    status: slotStatus('status').notNull().default('booked'),
    /** The last of its students cancelled it: its teacher alone does not bring it back. */
    givenUp: boolean('given_up').notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('booking_slots_lesson').on(t.lessonId),
    uniqueIndex('booking_slots_course').on(t.courseId),
    index('booking_slots_teacher').on(t.teacherId, t.endsAt).where(sql`status <> 'cancelled'`),
  ],
);
