import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Commands in ten seconds: of one person, and of one room through one process. */
const PERSON = { points: 400, duration: 10 };
const ROOM = { points: 10_000, duration: 10 };

export type Limits = {
  /** Counts commands; ms to wait before the next try when there were too many, else null. */
  take(roomId: string, participantId: string, commands: number): Promise<number | null>;
};

/** How much may be asked of a room; counted in memory, since it protects the process that counts. */
export function createLimits(): Limits {
  const person = new RateLimiterMemory(PERSON);
  const room = new RateLimiterMemory(ROOM);
  return {
    async take(roomId, participantId, commands) {
      try {
        await person.consume(`${roomId}:${participantId}`, commands);
        await room.consume(roomId, commands);
        return null;
      } catch (error) {
        if (error instanceof RateLimiterRes) return Math.max(100, error.msBeforeNext);
        throw error;
      }
    },
  };
}
