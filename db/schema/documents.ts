import {
  bigint,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { users } from './identity';

export const documentStatus = pgEnum('document_status', ['checking', 'converting', 'ready', 'failed']);

/** A file in its owner's library, reachable from every room of the owner. */
export const documents = pgTable(
  'documents',
  {
    id: uuid('id').primaryKey(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id),
    name: text('name').notNull(),
    /** Found from the content, never from the extension. */
    mimeType: text('mime_type').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** Our own uuid; the vendor's file key is too short to be a secret. */
    storageKey: uuid('storage_key').notNull(),
    status: documentStatus('status').notNull(),
    pageCount: integer('page_count').notNull().default(0),
    /** Error code (server/errors.ts) of a failed conversion. */
    failure: text('failure'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
  },
  (t) => [index('documents_owner').on(t.ownerId, t.createdAt)],
);

/** One page as it is first shown: a picture made at conversion, and its size in PDF points. */
export const documentPages = pgTable(
  'document_pages',
  {
    documentId: uuid('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    /** From 1. */
    page: integer('page').notNull(),
    width: real('width').notNull(),
    height: real('height').notNull(),
    imageKey: uuid('image_key').notNull(),
  },
  (t) => [primaryKey({ columns: [t.documentId, t.page] })],
);

/** A file on its way in. The vendor makes a new key at each try; person + fingerprint find the offset that was reached. */
export const uploads = pgTable(
  'uploads',
  {
    fileKey: text('file_key').primaryKey(),
    storageKey: uuid('storage_key').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    fingerprint: text('fingerprint').notNull(),
    name: text('name').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    received: bigint('received', { mode: 'number' }).notNull().default(0),
    metadata: jsonb('metadata').$type<unknown>().notNull(),
    completedAt: timestamp('completed_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index('uploads_fingerprint').on(t.userId, t.fingerprint), uniqueIndex('uploads_storage').on(t.fileKey, t.storageKey)],
);
