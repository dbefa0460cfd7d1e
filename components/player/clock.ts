import { ServerTime } from './server-time';

/** This tab's server time, asked of `/api/clock`. @param fallback  until the first answer */
export function createClock(fallback: () => number): ServerTime {
  return new ServerTime(async () => {
    const response = await fetch('/api/clock', { cache: 'no-store', signal: AbortSignal.timeout(5000) });
    const { serverNow } = (await response.json()) as { serverNow?: unknown };
    if (typeof serverNow !== 'number') throw new Error('no time was told');
    return serverNow;
  }, fallback);
}
