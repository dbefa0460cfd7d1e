import * as z from 'zod/mini';
import { MAX_CHAT_LENGTH, MAX_KNOCKS, MAX_MEDIA_MS, MEDIA_RATES } from './limits';
import type { RefusalCode } from './refusals';
import type { Role } from './roles';

// Browsers take only types from here (zod is heavy): bounds stand in `limits.ts`.

const id = z.uuid();
const page = z.int().check(z.positive());
/** JSON reads -0 and does not write it: a head in memory would differ from the one that is read back (L5). */
const withoutMinusZero = z.overwrite<number>((value) => value + 0);
const fraction = z.number().check(z.minimum(-10), z.maximum(10), withoutMinusZero);
const viewport = z.strictObject({ x: fraction, y: fraction, width: fraction, height: fraction });
const rights = z.strictObject({ draw: z.boolean(), microphone: z.boolean(), camera: z.boolean() });
const boardId = z.string().check(z.regex(/^(page:[0-9a-f-]{36}:\d{1,5}|board:[0-9a-f-]{36})$/));
const layer = z.union([z.literal('shared'), id]);
const stage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('empty') }),
  z.strictObject({ kind: z.literal('document'), documentId: id }),
  z.strictObject({ kind: z.literal('board'), boardId }),
  z.strictObject({ kind: z.literal('media') }),
  z.strictObject({ kind: z.literal('screen'), participantId: id }),
]);
const mediaTime = z.number().check(z.minimum(0), z.maximum(MAX_MEDIA_MS), withoutMinusZero);
const mediaItem = z.strictObject({
  id,
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('file'), documentId: id }),
    z.strictObject({ kind: z.literal('youtube'), videoId: z.string().check(z.regex(/^[\w-]{11}$/)) }),
    z.strictObject({
      kind: z.literal('link'),
      url: z.url({ protocol: /^https?$/ }).check(z.maxLength(2000)),
    }),
  ]),
  /** For people; of a file, the server takes the library's. */
  title: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  startMs: z.optional(mediaTime),
});
const generation = z.int().check(z.positive());

/** What a browser may ask for, by type. `payload` is checked here for shape (L8) and in `decide` for sense and right. */
export const commandBody = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hand.raise'), payload: z.strictObject({}) }),
  z.strictObject({ type: z.literal('hand.lower'), payload: z.strictObject({ participantId: id }) }),
  z.strictObject({
    type: z.literal('rights.set'),
    payload: z.strictObject({ participantId: id, rights: z.nullable(rights) }),
  }),
  z.strictObject({ type: z.literal('defaults.set'), payload: z.strictObject({ rights }) }),
  z.strictObject({ type: z.literal('looking.set'), payload: z.strictObject({ allowed: z.boolean() }) }),
  z.strictObject({
    type: z.literal('person.mute'),
    payload: z.strictObject({ participantId: id, source: z.enum(['microphone', 'camera']) }),
  }),
  z.strictObject({ type: z.literal('person.remove'), payload: z.strictObject({ participantId: id }) }),
  z.strictObject({ type: z.literal('person.readmit'), payload: z.strictObject({ participantId: id }) }),
  /** Title and page count are filled in by the server from the library: the browser only names the document. */
  z.strictObject({ type: z.literal('document.open'), payload: z.strictObject({ documentId: id }) }),
  z.strictObject({ type: z.literal('document.close'), payload: z.strictObject({ documentId: id }) }),
  z.strictObject({
    type: z.literal('board.open'),
    payload: z.strictObject({ boardId, title: z.string().check(z.minLength(1), z.maxLength(80)) }),
  }),
  z.strictObject({ type: z.literal('board.close'), payload: z.strictObject({ boardId }) }),
  z.strictObject({ type: z.literal('stage.show'), payload: z.strictObject({ stage }) }),
  /** `viewport`: the part of the new page that is shown first; without it, the whole page. */
  z.strictObject({
    type: z.literal('page.turn'),
    payload: z.strictObject({ documentId: id, page, viewport: z.optional(viewport) }),
  }),
  z.strictObject({
    type: z.literal('document.rotate'),
    payload: z.strictObject({ documentId: id, rotation: z.literal([0, 90, 180, 270]) }),
  }),
  z.strictObject({
    type: z.literal('viewport.move'),
    payload: z.strictObject({ viewport: z.nullable(viewport) }),
  }),
  z.strictObject({
    type: z.literal('board.change'),
    payload: z.strictObject({
      boardId,
      layer,
      put: z
        .array(
          z.looseObject({
            id: z.string().check(z.maxLength(64)),
            typeName: z.string().check(z.maxLength(32)),
          }),
        )
        .check(z.maxLength(200)),
      removed: z.array(z.string().check(z.maxLength(64))).check(z.maxLength(2000)),
      stroke: z.nullable(
        z.strictObject({
          shapeId: z.string().check(z.maxLength(64)),
          /** ms before the command was sent: the server turns it into its own time */
          startedMsAgo: z.number().check(z.minimum(0), z.maximum(600_000)),
          offsets: z.array(z.int().check(z.minimum(0), z.maximum(600_000))).check(z.maxLength(5000)),
        }),
      ),
    }),
  }),
  /** Whether everybody works on a layer of their own in a tab: a document's id, or a blank board's. */
  z.strictObject({
    type: z.literal('layers.set'),
    payload: z.strictObject({ tab: z.union([id, boardId]), open: z.boolean() }),
  }),
  /** Shows everyone a copy of somebody's layer of a board; null: nobody's any more. */
  z.strictObject({
    type: z.literal('layer.reveal'),
    payload: z.strictObject({ boardId, participantId: z.nullable(id) }),
  }),
  /** Where the laser was, in page units: x, y, ms after the first. A second's worth at a time. */
  z.strictObject({
    type: z.literal('laser.move'),
    payload: z.strictObject({
      boardId,
      samples: z
        .array(
          z.tuple([
            z.number().check(z.minimum(-100_000), z.maximum(100_000)),
            z.number().check(z.minimum(-100_000), z.maximum(100_000)),
            z.int().check(z.minimum(0), z.maximum(10_000)),
          ]),
        )
        .check(z.minLength(1), z.maxLength(10)),
    }),
  }),
  /** Puts something on for everyone: it plays at once unless it is to wait for `media.play`. */
  z.strictObject({
    type: z.literal('media.load'),
    payload: z.strictObject({ item: mediaItem, positionMs: mediaTime, paused: z.boolean() }),
  }),
  z.strictObject({ type: z.literal('media.play'), payload: z.strictObject({ generation }) }),
  z.strictObject({ type: z.literal('media.pause'), payload: z.strictObject({ generation }) }),
  z.strictObject({
    type: z.literal('media.seek'),
    payload: z.strictObject({ generation, positionMs: mediaTime }),
  }),
  z.strictObject({
    type: z.literal('media.rate'),
    payload: z.strictObject({
      generation,
      rate: z.number().check(z.minimum(MEDIA_RATES.slowest), z.maximum(MEDIA_RATES.fastest)),
    }),
  }),
  z.strictObject({ type: z.literal('media.next'), payload: z.strictObject({ generation }) }),
  z.strictObject({ type: z.literal('media.stop'), payload: z.strictObject({ generation }) }),
  /** A presenter's player knows how long it is. */
  z.strictObject({
    type: z.literal('media.measure'),
    payload: z.strictObject({ generation, durationMs: mediaTime }),
  }),
  z.strictObject({ type: z.literal('media.queue'), payload: z.strictObject({ item: mediaItem }) }),
  z.strictObject({ type: z.literal('media.unqueue'), payload: z.strictObject({ itemId: id }) }),
  z.strictObject({
    type: z.literal('door.set'),
    payload: z.strictObject({ asks: z.boolean(), locked: z.boolean() }),
  }),
  z.strictObject({
    type: z.literal('door.admit'),
    payload: z.strictObject({ participantIds: z.array(id).check(z.minLength(1), z.maxLength(MAX_KNOCKS)) }),
  }),
  z.strictObject({ type: z.literal('door.deny'), payload: z.strictObject({ participantId: id }) }),
  z.strictObject({
    type: z.literal('chat.send'),
    payload: z.strictObject({
      text: z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_CHAT_LENGTH)),
      to: z.nullable(id),
    }),
  }),
]);

export type CommandBody = z.infer<typeof commandBody>;
export type CommandType = CommandBody['type'];

/** A command on its way: the id is the browser's, and the same id is never carried out twice (L1). */
export type Command = CommandBody & { id: string };

/** What only the server itself asks of a room: lifecycle, presence, and a document whose file is another one. */
export type SystemCommandBody =
  | { type: 'lesson.start'; payload: { lessonId: string; title: string } }
  | { type: 'lesson.end'; payload: { lessonId: string; reason: 'ended' | 'empty' } }
  | { type: 'document.replace'; payload: { documentId: string; pageCount: number; version: number } }
  | {
      type: 'person.connect';
      payload: { participantId: string; name: string; role: Role; connectionId: string; device: string };
    }
  | {
      type: 'person.disconnect';
      payload: { participantId: string; connectionId: string; reason: 'left' | 'dropped' };
    }
  /** What plays has come to its end: the next one, or a rest at the end. */
  | { type: 'media.end'; payload: { generation: number } }
  /** Somebody asks to come in, or waits no longer. */
  | { type: 'door.knock'; payload: { participantId: string; name: string } }
  | { type: 'door.leave'; payload: { participantId: string } };

export type { RefusalCode } from './refusals';

/** The answer to one command. `seqs` are the events it became; a refused record of a board change is named on its own. */
export type CommandResult =
  | { ok: true; id: string; seqs: readonly number[]; refusedRecords?: readonly string[] }
  | { ok: false; id: string; code: RefusalCode; retryAfterMs?: number };
