import {
  bigint,
  boolean,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { documents } from './documents';

/** `file`: the file itself is played. `hls`: what was made of it, in parts. */
export const delivery = pgEnum('delivery', ['file', 'hls']);

/** What plays of a sound or film. What was made of it lies under keys that follow from its file's. */
export const documentMedia = pgTable('document_media', {
  documentId: uuid('document_id')
    .primaryKey()
    .references(() => documents.id, { onDelete: 'cascade' }),
  delivery: delivery('delivery').notNull(),
  /** What browsers are told that it is. */
  mimeType: text('mime_type').notNull(),
  /** Pictures, or only sound. */
  video: boolean('video').notNull(),
  /** Null where the file does not say. */
  durationMs: bigint('duration_ms', { mode: 'number' }),
  /** All parts are there. True for `file`. */
  complete: boolean('complete').notNull(),
  /** Its pictures are made anew, which takes long: such films wait for each other. */
  encoded: boolean('encoded').notNull().default(false),
  /** Storage key of a picture of it; null until it is made, and for sound without a sleeve. */
  posterKey: uuid('poster_key'),
  /** How loud it is from beginning to end, 0 to 1; null for films and until it is read. */
  waveform: jsonb('waveform').$type<number[]>(),
});

/** A part of what was made playable, of some seconds, in the order in which they were made. */
export const mediaParts = pgTable(
  'media_parts',
  {
    documentId: uuid('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    /** From 0. */
    part: integer('part').notNull(),
    durationMs: integer('duration_ms').notNull(),
  },
  (t) => [primaryKey({ columns: [t.documentId, t.part] })],
);

/** The words of a sound or film, as WebVTT. */
export const documentCaptions = pgTable(
  'document_captions',
  {
    documentId: uuid('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    storageKey: uuid('storage_key').notNull(),
    label: text('label').notNull(),
    /** As in ISO 639; null where nobody said. */
    language: text('language'),
    /** The file in the library that they are from, and with which they go; null: out of the film itself. */
    fromDocumentId: uuid('from_document_id').references(() => documents.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.documentId, t.storageKey] })],
);
