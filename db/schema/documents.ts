import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
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
import { rooms } from './rooms';

export const documentStatus = pgEnum('document_status', ['checking', 'converting', 'ready', 'failed']);

/** What becomes of a file: pages to show and write on, sound or pictures to play, or something that is kept and handed out. */
export const documentKind = pgEnum('document_kind', ['pages', 'media', 'file']);

/** A folder of somebody's library. Names are unique among siblings that are not deleted, whatever their case. */
export const folders = pgTable(
  'folders',
  {
    id: uuid('id').primaryKey(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id),
    /** Null: at the top. */
    parentId: uuid('parent_id').references((): AnyPgColumn => folders.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    /** What was deleted together has the same instant, and comes back together. */
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
  },
  (t) => [
    uniqueIndex('folders_sibling')
      .on(t.ownerId, sql`coalesce(${t.parentId}, ${t.ownerId})`, sql`lower(${t.name})`)
      .where(sql`deleted_at is null`),
    index('folders_parent').on(t.parentId),
  ],
);

/** A file in its owner's library, reachable from every room of the owner. */
export const documents = pgTable(
  'documents',
  {
    id: uuid('id').primaryKey(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id),
    /** Null: at the top of the library. */
    folderId: uuid('folder_id').references(() => folders.id, { onDelete: 'set null' }),
    name: text('name').notNull(),
    kind: documentKind('kind').notNull().default('pages'),
    /** Found from the content, never from the extension. */
    mimeType: text('mime_type').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** Our own uuid; the vendor's file key is too short to be a secret. A file that is replaced gets a new one. */
    storageKey: uuid('storage_key').notNull(),
    /** The PDF whose pages are shown: the file itself, what it was converted to, or null for pictures and while there is none. */
    pagesKey: uuid('pages_key'),
    /** What that PDF weighs: browsers read it in parts. */
    pagesBytes: bigint('pages_bytes', { mode: 'number' }),
    /** The file that takes this one's place once its pages are made; what is there is shown until then. Null: none is under way. */
    replacement: jsonb('replacement').$type<{ storageKey: string; mimeType: string; bytes: number }>(),
    status: documentStatus('status').notNull(),
    pageCount: integer('page_count').notNull().default(0),
    /** How many pages (of a film: seconds) have been made while it is converted, and of how many; null before that is known. */
    pagesDone: integer('pages_done'),
    pagesTotal: integer('pages_total'),
    /** What the conversion left out and its owner should know, as codes: `ANIMATIONS_FLATTENED`. */
    notes: text('notes').array().notNull().default(sql`'{}'`),
    /** Error code (server/errors.ts) of a failed conversion. */
    failure: text('failure'),
    /** Raised each time the file is replaced; marks stay, what was drawn from the old file does not. */
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
  },
  (t) => [
    index('documents_owner').on(t.ownerId, t.createdAt),
    index('documents_folder').on(t.folderId),
    index('documents_open_work').on(t.createdAt).where(sql`status in ('checking', 'converting')`),
  ],
);

/** A link by which anybody downloads one file until it is revoked. The address is an HMAC of id and version. */
export const documentLinks = pgTable('document_links', {
  documentId: uuid('document_id')
    .primaryKey()
    .references(() => documents.id, { onDelete: 'cascade' }),
  version: integer('version').notNull().default(1),
  revokedAt: timestamp('revoked_at', { withTimezone: true }),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});

export const exportStatus = pgEnum('export_status', ['waiting', 'ready', 'failed']);

/** A PDF, or a page's picture, with marks that somebody asked for in a room. It is kept for a day. */
export const documentExports = pgTable(
  'document_exports',
  {
    id: uuid('id').primaryKey(),
    /** Null: of a blank board. */
    documentId: uuid('document_id').references(() => documents.id, { onDelete: 'cascade' }),
    /** The blank board; null: of a document. */
    boardId: text('board_id'),
    /** A picture of this page, from 1; null: a PDF of all. */
    page: integer('page'),
    /** `documents.version` whose file is below the marks. */
    version: integer('version').notNull().default(1),
    roomId: uuid('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    /** Participant id of who asked first. Who may see all of its layers gets the same file. */
    askedBy: uuid('asked_by').notNull(),
    /** Whose layers, in order: `shared`, and participant ids of private ones. */
    layers: text('layers').array().notNull(),
    /** The last change of these layers that is in it. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    status: exportStatus('status').notNull().default('waiting'),
    pagesDone: integer('pages_done').notNull().default(0),
    pagesTotal: integer('pages_total').notNull().default(0),
    storageKey: uuid('storage_key'),
    failure: text('failure'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index('document_exports_age').on(t.createdAt), index('document_exports_room').on(t.roomId)],
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
    /** Storage key of a small picture for lists and the page picker; null until it is made. */
    thumbnailKey: uuid('thumbnail_key'),
    /** What can be read on it, for finding; null until it is read. */
    text: text('text'),
  },
  (t) => [
    primaryKey({ columns: [t.documentId, t.page] }),
    // Words as they stand, in whatever language; what is longer than this is no page that anybody reads.
    index('document_pages_words').using('gin', sql`to_tsvector('simple', left(${t.text}, 100000))`),
  ],
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
    /** Where the document will lie. Null: at the top. */
    folderId: uuid('folder_id').references(() => folders.id, { onDelete: 'set null' }),
    /** The document whose file it becomes, in the place of the one that it has; null: a document of its own. */
    replaces: uuid('replaces').references(() => documents.id, { onDelete: 'cascade' }),
    /** As announced; a file that is longer is refused. */
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** What the checks found once all bytes were there (server/adapters/convert). */
    inspection: jsonb('inspection').$type<unknown>(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [uniqueIndex('uploads_fingerprint').on(t.userId, t.fingerprint, t.bytes)],
);
