import { decode, encode } from 'vlq';
import type { BoardRecord } from './boards';

type Point = { x: number; y: number; z?: number };
type Segment = { type: string; points: readonly Point[] | string };

/** Coordinates and pressure have two decimals, as tldraw rounds them. */
const STEPS = 100;

/**
 * A stroke's record as it travels and lies in the log (B4): the points of each segment are text, a quarter of their JSON. It holds
 * hundredths, each value as its distance from the one before, x, y and z in turn, as Base64 VLQ (the source maps'
 * encoding). What would not come back exactly as it is, and every other record, stays as it is.
 */
export function packRecord(record: BoardRecord): BoardRecord {
  return mapSegments(record, (segment) => {
    const points = typeof segment.points === 'string' ? null : packPoints(segment.points);
    return points === null ? segment : { ...segment, points };
  });
}

/** The record as tldraw has it. Throws a `RangeError` for points that nothing here has packed. */
export function unpackRecord(record: BoardRecord): BoardRecord {
  return mapSegments(record, (segment) =>
    typeof segment.points === 'string' ? { ...segment, points: unpackPoints(segment.points) } : segment,
  );
}

function mapSegments(record: BoardRecord, change: (segment: Segment) => Segment): BoardRecord {
  if (record.type !== 'draw' && record.type !== 'highlight') return record;
  const { props } = record;
  if (!isObject(props) || !Array.isArray(props.segments) || !props.segments.every(isSegment)) return record;
  const segments = props.segments.map(change);
  return segments.every((segment, index) => segment === (props.segments as Segment[])[index])
    ? record
    : { ...record, props: { ...props, segments } };
}

function isSegment(value: unknown): value is Segment {
  return isObject(value) && (typeof value.points === 'string' || Array.isArray(value.points));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Null: they would not come back as they are. */
function packPoints(points: readonly unknown[]): string | null {
  const values: number[] = [];
  let before = [0, 0, 0];
  for (const point of points) {
    const steps = stepsOf(point);
    if (!steps) return null;
    for (const [axis, step] of steps.entries()) values.push(step - (before[axis] ?? 0));
    before = steps;
  }
  return encode(values);
}

/** A point's x, y and z in whole steps; null: it is something else than that. */
function stepsOf(point: unknown): number[] | null {
  if (!isObject(point) || Object.keys(point).join() !== 'x,y,z') return null;
  const steps: number[] = [];
  for (const value of [point.x, point.y, point.z]) {
    if (typeof value !== 'number') return null;
    const step = Math.round(value * STEPS);
    if (step / STEPS !== value || Math.abs(step) > MAX_STEP) return null;
    steps.push(step);
  }
  return steps;
}

/** The distance of two such still has 30 bits. */
const MAX_STEP = 2 ** 28;

function unpackPoints(text: string): Point[] {
  const values = decodeText(text);
  if (values.length % 3 !== 0) throw new RangeError('a point is not whole');
  const points: Point[] = [];
  let [x, y, z] = [0, 0, 0];
  for (let at = 0; at < values.length; at += 3) {
    x += values[at] ?? 0;
    y += values[at + 1] ?? 0;
    z += values[at + 2] ?? 0;
    points.push({ x: x / STEPS, y: y / STEPS, z: z / STEPS });
  }
  return points;
}

function decodeText(text: string): number[] {
  try {
    return decode(text);
  } catch (error) {
    throw new RangeError('points are not Base64 VLQ', { cause: error });
  }
}
