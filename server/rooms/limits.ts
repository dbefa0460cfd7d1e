import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Commands in ten seconds: of one person, and of one room through one process. */
const PERSON = { points: 400, duration: 10 };
const ROOM = { points: 10_000, duration: 10 };
/** A command counts once more for so many of its bytes: everybody in the room gets them. */
export const BYTES_OF_ONE = 20_000;
/** Streams that one person opens in a minute: a coming and a going are events, which everybody gets. */
const STREAMS = { points: 100, duration: 60 };

export type Limits = {
  /** Counts commands; ms to wait before the next try when there were too many, else null. */
  take(roomId: string, participantId: string, commands: number): Promise<number | null>;
  /** Counts a stream that is opened; ms to wait when there were too many, else null. */
  takeStream(roomId: string, participantId: string): Promise<number | null>;
};

/** How much may be asked of a room; counted in memory, since it protects the process that counts. */
export function createLimits(): Limits {
  const person = new RateLimiterMemory(PERSON);
  const room = new RateLimiterMemory(ROOM);
  const streams = new RateLimiterMemory(STREAMS);
  return {
    take: (roomId, participantId, commands) =>
      waitMs(async () => {
        await person.consume(`${roomId}:${participantId}`, commands);
        await room.consume(roomId, commands);
      }),
    takeStream: (roomId, participantId) => waitMs(() => streams.consume(`${roomId}:${participantId}`)),
  };
}

/** Null where the limits allow it, else how long they do not, in ms. */
async function waitMs(consume: () => Promise<unknown>): Promise<number | null> {
  try {
    await consume();
    return null;
  } catch (error) {
    if (error instanceof RateLimiterRes) return Math.max(100, error.msBeforeNext);
    throw error;
  }
}
