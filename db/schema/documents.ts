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
    /** The picture's storage key; null until it is made. */
    imageKey: uuid('image_key'),
  },
  (t) => [primaryKey({ columns: [t.documentId, t.page] })],
);

/**
 * A file on its way in: its id becomes the document's and is the storage key. The vendor's key is too short to be trusted and is new at
 * each try, so the signed upload address carries this id, and person + fingerprint find it again after a reload. How far it
 * has come is what the storage holds.
 */
export const uploads = pgTable(
  'uploads',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    fingerprint: text('fingerprint').notNull(),
    name: text('name').notNull(),
    /** As announced; a file that is longer is refused. */
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** What the checks found once all bytes were there (server/adapters/convert). */
    inspection: jsonb('inspection').$type<unknown>(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [uniqueIndex('uploads_fingerprint').on(t.userId, t.fingerprint, t.bytes)],
);
