import type { TLDrawShapeSegment } from '@tldraw/tlschema';

/**
 * What tldraw's own validator of a stroke's segments takes, and nothing else: it asks each point in turn, and three
 * quarters of the time that a stroke costs at the door went into that.
 */
export const segments = {
  validate: (value: unknown): TLDrawShapeSegment[] => {
    if (!Array.isArray(value) || !value.every(isSegment)) throw new Error('segments');
    return value;
  },
};

function isSegment(value: unknown): value is TLDrawShapeSegment {
  if (!isObject(value) || !Array.isArray(value.points)) return false;
  if (value.type !== 'free' && value.type !== 'straight') return false;
  for (const name in value) if (name !== 'type' && name !== 'points') return false;
  return value.points.every(isPoint);
}

function isPoint(value: unknown): boolean {
  if (!isObject(value) || !Number.isFinite(value.x) || !Number.isFinite(value.y)) return false;
  for (const name in value) if (name !== 'x' && name !== 'y' && name !== 'z') return false;
  return value.z === undefined || Number.isFinite(value.z);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
