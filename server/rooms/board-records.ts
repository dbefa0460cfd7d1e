import {
  createTLSchema,
  defaultBindingSchemas,
  defaultShapeSchemas,
  type SchemaPropsInfo,
} from '@tldraw/tlschema';
import { BOARD_PAGE_ID, type BoardRecord } from '@/room/boards';
import { unpackRecord } from '@/room/packed-strokes';
import { checkRichText } from './board-rich-text';
import { isObject, segments } from './board-segments';

export type RecordCheck = { ok: true; record: BoardRecord } | { ok: false; reason: string };

export const RECORD_LIMITS = {
  /** Characters of the record as JSON; a stroke of 600 points has about 20,000. */
  characters: 64 * 1024,
  depth: 14,
  /** Page units: the size of a number wherever one stands. */
  number: 100_000,
  points: 2000,
  linePoints: 200,
  text: 5000,
  scale: { smallest: 0.01, largest: 100 },
  /** Records of one layer of one board. */
  layerRecords: 20_000,
} as const;

/** No meta at all: its type has no fields. Frames, groups, embeds, bookmarks, pictures and videos are not in the list. */
function withoutMeta(schema: SchemaPropsInfo): SchemaPropsInfo {
  return { ...schema, meta: {} };
}

const { geo, line, arrow, text, note } = defaultShapeSchemas;
const draw = { ...defaultShapeSchemas.draw, props: { ...defaultShapeSchemas.draw.props, segments } };
const highlight = {
  ...defaultShapeSchemas.highlight,
  props: { ...defaultShapeSchemas.highlight.props, segments },
};
const shapes = Object.fromEntries(
  Object.entries({ draw, highlight, geo, line, arrow, text, note }).map(([type, s]) => [
    type,
    withoutMeta(s),
  ]),
);
const bindings = { arrow: withoutMeta(defaultBindingSchemas.arrow) };

const ID = /^(shape|binding):[A-Za-z0-9_-]{1,50}$/;

class Refusal extends Error {}

function refuse(reason: string): never {
  throw new Refusal(reason);
}

/**
 * Makes the check that every board record passes before it is in the log (L8): tldraw's own validators for the whitelisted
 * types, and what they let through by themselves. The check never throws and changes nothing: what it returns is its input,
 * packed (B4) where that was.
 */
export function createRecordValidator(): (record: unknown) => RecordCheck {
  const schema = createTLSchema({ shapes, bindings });
  return (given) => {
    try {
      measure(given);
      if (!isBoardRecord(given)) refuse('not a record');
      const record = unpackRecord(given);
      if (record !== given) measure(record);
      if (record.typeName !== 'shape' && record.typeName !== 'binding')
        refuse(`type ${record.typeName.slice(0, 32)}`);
      if (!ID.test(record.id) || !record.id.startsWith(`${record.typeName}:`)) refuse('id');
      const types = record.typeName === 'shape' ? schema.types.shape : schema.types.binding;
      types.validate(record);
      if (record.typeName === 'shape') checkShape(record);
      return { ok: true, record: given };
    } catch (error) {
      // tldraw's validators throw plain Errors that quote the input: cut, or a refusal could carry a megabyte into the log.
      return {
        ok: false,
        reason: (error instanceof Error ? error.message : 'invalid').slice(0, 200),
      };
    }
  };
}

function isBoardRecord(value: unknown): value is BoardRecord {
  if (!isObject(value) || Array.isArray(value)) return false;
  return typeof value.id === 'string' && typeof value.typeName === 'string';
}

/** Bounds size, depth and numbers in one walk, so that nothing after it can overflow or run long. */
function measure(root: unknown): void {
  let characters = 0;
  const walk = (value: unknown, depth: number): void => {
    if (depth > RECORD_LIMITS.depth) refuse('too deep');
    if (typeof value === 'string') characters += value.length + 2;
    else if (typeof value === 'number') {
      if (!Number.isFinite(value) || Math.abs(value) > RECORD_LIMITS.number) refuse('number out of range');
      characters += 8;
    } else if (Array.isArray(value)) {
      characters += 2 + value.length;
      if (characters <= RECORD_LIMITS.characters) for (const item of value) walk(item, depth + 1);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        if (key === '__proto__' || key === 'constructor' || key === 'prototype') refuse(`field ${key}`);
        characters += key.length + 4;
        walk(item, depth + 1);
      }
    } else if (value === null || typeof value === 'boolean') characters += 5;
    else refuse(`a ${typeof value}`);
    if (characters > RECORD_LIMITS.characters) refuse('too large');
  };
  walk(root, 0);
}

/** What a shape may not be although tldraw's validators accept it. Its fields have their types by now. */
function checkShape(shape: BoardRecord): void {
  if (shape.parentId !== BOARD_PAGE_ID) refuse('parent');
  if (shape.isLocked !== false) refuse('locked');
  if (typeof shape.index !== 'string' || shape.index.length > 120) refuse('index');
  const props = shape.props as Record<string, unknown>;
  if ('url' in props && props.url !== '') refuse('link');
  if (typeof props.text === 'string' && props.text.length > RECORD_LIMITS.text) refuse('text too long');
  if (typeof props.scale === 'number') {
    const { smallest, largest } = RECORD_LIMITS.scale;
    if (props.scale < smallest || props.scale > largest) refuse('scale');
  }
  if (shape.type === 'draw' || shape.type === 'highlight')
    checkSegments(props.segments as { points: unknown[] }[]);
  if (shape.type === 'line') checkLinePoints(props.points as Record<string, { id: string }>);
  if ('richText' in props) {
    const reason = checkRichText(props.richText, RECORD_LIMITS.text);
    if (reason) refuse(reason);
  }
}

function checkSegments(segments: readonly { points: readonly unknown[] }[]): void {
  const points = segments.reduce((sum, segment) => sum + segment.points.length, 0);
  if (points > RECORD_LIMITS.points || segments.length > RECORD_LIMITS.points) refuse('too many points');
  // tldraw reads the first point of each segment without looking.
  if (segments.length === 0 || segments.some((segment) => segment.points.length === 0)) refuse('no points');
}

function checkLinePoints(points: Readonly<Record<string, { id: string }>>): void {
  const entries = Object.entries(points);
  if (entries.length > RECORD_LIMITS.linePoints) refuse('too many points');
  if (entries.length === 0) refuse('no points');
  if (entries.some(([key, point]) => point.id !== key)) refuse('point id');
}
