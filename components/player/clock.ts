import type { RoomLog } from '@/components/room-log/types';
import { ServerTime } from './server-time';

const clocks = new WeakMap<RoomLog, ServerTime>();

/**
 * This tab's server time, asked of `/api/clock`; until the first answer as the room's stream tells it. One for all who need it: what
 * was learned in the quiet of the device check is better than what is learned while a class comes up.
 */
export function clockOf(log: RoomLog): ServerTime {
  let clock = clocks.get(log);
  if (!clock) {
    clock = new ServerTime(ask, () => log.serverNow());
    clocks.set(log, clock);
  }
  return clock;
}

async function ask(): Promise<number> {
  const response = await fetch('/api/clock', { cache: 'no-store', signal: AbortSignal.timeout(5000) });
  const { serverNow } = (await response.json()) as { serverNow?: unknown };
  if (typeof serverNow !== 'number') throw new Error('no time was told');
  return serverNow;
}
