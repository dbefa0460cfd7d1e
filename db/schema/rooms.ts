import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  jsonb,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Audience } from '@/room/audience';
import { courses } from './courses';
import { users } from './identity';

export const rooms = pgTable(
  'rooms',
  {
    id: uuid('id').primaryKey(),
    courseId: uuid('course_id').references(() => courses.id, { onDelete: 'cascade' }),
    /** The room's one address for life: `/room/[slug]`. */
    slug: text('slug').notNull(),
    /** The log's last sequence number; 0 for an empty log. */
    headSeq: bigint('head_seq', { mode: 'number' }).notNull().default(0),
    /** `at` of the last event, so that time in the log never runs backwards (L4). */
    lastAt: timestamp('last_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [uniqueIndex('rooms_slug').on(t.slug), uniqueIndex('rooms_course').on(t.courseId)],
);

export const participantRole = pgEnum('participant_role', [
  'owner',
  'teacher',
  'presenter',
  'student',
  'guest',
  'recorder',
  'phone',
]);

/** How somebody stands who has to ask before they come in. Null: they may come in. */
export const admission = pgEnum('admission', ['waiting', 'denied']);

export const mediaStep = pgEnum('media_step', [
  'in-step',
  'catching-up',
  'blocked',
  'failed',
  'advertisement',
]);

/** A person in a room: an account, or a guest whose signed cookie carries this id. Rights are by participant. */
export const participants = pgTable(
  'participants',
  {
    id: uuid('id').primaryKey(),
    roomId: uuid('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    /** The personal link that somebody without an account came by: the same link is the same participant. */
    personalLinkId: uuid('personal_link_id'),
    /** The lesson whose link let them in; their way in ends with it. Null for owner and enrolled people. */
    lessonId: uuid('lesson_id'),
    name: text('name').notNull(),
    role: participantRole('role').notNull(),
    /** Set when a teacher removed them: from then on no token, no stream and no command. */
    removedAt: timestamp('removed_at', { withTimezone: true }),
    /** Changes with the event that says so (D2): from then on they come in, or do not. */
    admission: admission('admission'),
    /** When who waits last looked whether they are admitted; null: they wait no longer. */
    lookedAt: timestamp('looked_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('participants_room_user').on(t.roomId, t.userId),
    uniqueIndex('participants_personal_link').on(t.personalLinkId),
    index('participants_waiting').on(t.lookedAt).where(sql`admission = 'waiting'`),
  ],
);

/** How somebody's player stands with what plays for everyone, where it is not in step: for the presenter's line, and nothing else. */
export const mediaSteps = pgTable('media_steps', {
  participantId: uuid('participant_id')
    .primaryKey()
    .references(() => participants.id, { onDelete: 'cascade' }),
  /** Of what was loaded in the room (M2). */
  generation: integer('generation').notNull(),
  step: mediaStep('step').notNull(),
  /** What was told by a tab that is gone counts no more. */
  toldAt: timestamp('told_at', { withTimezone: true }).notNull().defaultNow(),
});

/** A participant's tab: an open stream, leased in Postgres' time. Presence is this and nothing else. */
export const roomConnections = pgTable(
  'room_connections',
  {
    id: uuid('id').primaryKey(),
    roomId: uuid('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    participantId: uuid('participant_id')
      .notNull()
      .references(() => participants.id, { onDelete: 'cascade' }),
    /** The process that holds the stream and renews the lease. */
    instanceId: uuid('instance_id').notNull(),
    userAgent: text('user_agent'),
    openedAt: timestamp('opened_at', { withTimezone: true }).notNull().defaultNow(),
    leasedUntil: timestamp('leased_until', { withTimezone: true }).notNull(),
    /** When the tab last said that it is there; null: it does not say so (C6). */
    heardAt: timestamp('heard_at', { withTimezone: true }),
    /** Set when the browser itself closed the stream; a lease that runs out without it was dropped. */
    leftAt: timestamp('left_at', { withTimezone: true }),
    /** Set when the log was told; until then the same tab may come back to this row. */
    closedAt: timestamp('closed_at', { withTimezone: true }),
  },
  (t) => [
    index('room_connections_open').on(t.roomId, t.participantId).where(sql`closed_at is null`),
    index('room_connections_lease').on(t.leasedUntil).where(sql`closed_at is null`),
    index('room_connections_ended').on(t.roomId, sql`(coalesce(left_at, closed_at))`),
  ],
);

export const roomEvents = pgTable(
  'room_events',
  {
    roomId: uuid('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    /** 1, 2, 3 … within the room, without a gap (L2). */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    lessonId: uuid('lesson_id'),
    commandId: uuid('command_id'),
    type: text('type').notNull(),
    /** Participant id; null where the room itself acted. */
    actor: uuid('actor'),
    audience: jsonb('audience').$type<Audience>().notNull(),
    at: timestamp('at', { withTimezone: true, precision: 3 }).notNull(),
    payload: jsonb('payload').$type<unknown>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.roomId, t.seq] }),
    index('room_events_chat').on(t.roomId, t.seq).where(sql`type = 'chat.sent'`),
    index('room_events_closed_boards').on(t.roomId, t.seq).where(sql`type = 'board.closed'`),
    index('room_events_board')
      .on(t.roomId, sql`(payload->>'boardId')`, sql`(payload->>'layer')`, t.seq)
      .where(sql`type = 'board.changed'`),
  ],
);

/** What a command was answered, so that the same id again gets the same answer (L1). Refusals are not kept. */
export const roomCommands = pgTable(
  'room_commands',
  {
    roomId: uuid('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    id: uuid('id').notNull(),
    actor: uuid('actor').notNull(),
    /** SHA-256 of the command's type and payload, hex. */
    hash: text('hash').notNull(),
    result: jsonb('result').$type<unknown>().notNull(),
    at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.roomId, t.id] })],
);

/** The room's head (stage, rights, documents, people) at a sequence number. */
export const roomSnapshots = pgTable(
  'room_snapshots',
  {
    roomId: uuid('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    head: jsonb('head').$type<unknown>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.roomId, t.seq] })],
);

/** The records of one layer of one board at a sequence number. Loaded only for the page that is shown. */
export const boardSnapshots = pgTable(
  'board_snapshots',
  {
    roomId: uuid('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    boardId: text('board_id').notNull(),
    /** `shared`, or the participant id whose private layer it is. */
    layer: text('layer').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    records: jsonb('records').$type<unknown>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.roomId, t.boardId, t.layer] })],
);
