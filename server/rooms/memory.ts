/** What one process may keep in memory for its rooms, in bytes. All of it can be read again from the database. */
export type MemoryBounds = {
  /** Waiting for the slow streams of one room, and of all: beyond it the slowest is closed (T5). */
  roomStreams: number;
  streams: number;
  /** Boards of one room, and state and boards of all: the least used is forgotten. */
  roomCache: number;
  caches: number;
  /** The ends of all open logs, encoded: each room has its share. */
  rings: number;
};

const MB = 1024 * 1024;

export const MEMORY_BOUNDS: MemoryBounds = {
  roomStreams: 32 * MB,
  streams: 128 * MB,
  roomCache: 64 * MB,
  caches: 256 * MB,
  rings: 64 * MB,
};

/** About how many bytes a JSON value takes in memory. Cheap, and right within a factor of two: enough for a bound. */
export function weigh(value: unknown): number {
  if (typeof value === 'string') return 16 + value.length * 2;
  if (typeof value !== 'object' || value === null) return 12;
  let bytes = 32;
  if (Array.isArray(value)) {
    for (const item of value) bytes += 8 + weigh(item);
    return bytes;
  }
  for (const name in value) bytes += 8 + weigh((value as Record<string, unknown>)[name]);
  return bytes;
}
