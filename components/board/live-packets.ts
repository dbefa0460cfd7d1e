import type { Layer } from '@/room/boards';

/** A stroke while the pen is down, as one packet tells of it. Coordinates are page units, relative to the shape's. */
export type StrokePacket = {
  boardId: string;
  layer: Layer;
  shapeId: string;
  kind: 'draw' | 'highlight';
  color: string;
  size: string;
  scale: number;
  x: number;
  y: number;
  /** Index of the first point in `points`. */
  from: number;
  /** x, y, x, y … */
  points: readonly number[];
};

export type CursorPacket = { boardId: string; layer: Layer; at: { x: number; y: number } | null };

/** Where a laser went since the last packet: x, y, x, y …, at most so many. */
export type LaserPacket = { boardId: string; layer: Layer; points: readonly number[] };
export const MOST_LASER_POINTS = 24;

/** Points of one packet: 1,300 bytes hold 8 each and less than 330 of header. */
export const MOST_POINTS_A_PACKET = 120;
const LONGEST_PACKET = 1300;
const FORMAT = 1;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** One byte of format, two of header length, the header as JSON, then the points as little-endian floats. */
export function encodeStroke({ points, ...header }: StrokePacket): Uint8Array {
  const json = encoder.encode(JSON.stringify(header));
  const bytes = new Uint8Array(3 + json.length + points.length * 4);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, FORMAT);
  view.setUint16(1, json.length);
  bytes.set(json, 3);
  points.forEach((value, i) => view.setFloat32(3 + json.length + i * 4, value, true));
  return bytes;
}

/** Null for anything that is not a well-formed packet: what comes over the channel was written by another browser. */
export function decodeStroke(bytes: Uint8Array): StrokePacket | null {
  if (bytes.length < 3 || bytes.length > LONGEST_PACKET) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 3 + view.getUint16(1);
  if (view.getUint8(0) !== FORMAT || start > bytes.length || (bytes.length - start) % 8 !== 0) return null;
  const header = parse(bytes.subarray(3, start));
  if (!header) return null;
  const { boardId, layer, shapeId, kind, color, size, scale, x, y, from } = header;
  const points: number[] = [];
  for (let at = start; at < bytes.length; at += 4) points.push(view.getFloat32(at, true));
  if (!points.every(isCoordinate) || !isCoordinate(x) || !isCoordinate(y) || !isCoordinate(scale))
    return null;
  if (
    !isPlace(boardId, layer) ||
    typeof boardId !== 'string' ||
    typeof shapeId !== 'string' ||
    typeof color !== 'string'
  )
    return null;
  if (kind !== 'draw' && kind !== 'highlight') return null;
  if (typeof size !== 'string' || typeof from !== 'number' || !Number.isInteger(from)) return null;
  if (from < 0 || from > 5000 || !shapeId.startsWith('shape:')) return null;
  return { boardId, layer: String(layer), shapeId, kind, color, size, scale, x, y, from, points };
}

export function encodeCursor(packet: CursorPacket): Uint8Array {
  return encoder.encode(JSON.stringify(packet));
}

export function decodeCursor(bytes: Uint8Array): CursorPacket | null {
  const packet = bytes.length > 300 ? null : parse(bytes);
  if (!packet || !isPlace(packet.boardId, packet.layer)) return null;
  const place = { boardId: String(packet.boardId), layer: String(packet.layer) };
  if (packet.at === null) return { ...place, at: null };
  const { x, y } = (packet.at ?? {}) as { x?: unknown; y?: unknown };
  return isCoordinate(x) && isCoordinate(y) ? { ...place, at: { x, y } } : null;
}

export function encodeLaser({ points, ...place }: LaserPacket): Uint8Array {
  return encoder.encode(
    JSON.stringify({ ...place, points: points.map((value) => Number(value.toFixed(1))) }),
  );
}

export function decodeLaser(bytes: Uint8Array): LaserPacket | null {
  const packet = bytes.length > LONGEST_PACKET ? null : parse(bytes);
  if (!packet || !isPlace(packet.boardId, packet.layer) || !Array.isArray(packet.points)) return null;
  const points: unknown[] = packet.points;
  if (points.length % 2 !== 0 || points.length > 2 * MOST_LASER_POINTS) return null;
  if (!points.every(isCoordinate)) return null;
  return { boardId: String(packet.boardId), layer: String(packet.layer), points };
}

function isPlace(boardId: unknown, layer: unknown): boolean {
  return typeof boardId === 'string' && typeof layer === 'string' && boardId.length + layer.length <= 200;
}

function parse(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 100_000;
}
