import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { App } from '../app';
import { AppError } from '../errors';
import { addressOf } from '../http';
import { countTry } from '../throttle';

/** Files asked for from one address in a minute: a school behind one router, or a calendar service that fetches for many. */
const filesPerMinute = new RateLimiterMemory({ points: 600, duration: 60 });

/** Answers with a calendar as a file to be saved (`name`) or read again and again; whatever is refused looks the same from outside. */
export async function answerCalendar(
  app: App,
  headers: Headers,
  { read, name }: { read: () => Promise<string>; name: string | null },
): Promise<Response> {
  const common = { 'cache-control': 'private, no-store' };
  try {
    await countTry(filesPerMinute, addressOf(headers, app.env.LECTERN_PROXIES));
    const saved: Record<string, string> = name
      ? { 'content-disposition': `attachment; filename="${name}.ics"` }
      : {};
    return new Response(await read(), {
      headers: { ...common, ...saved, 'content-type': 'text/calendar; charset=utf-8' },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new Response(null, { status: error.code === 'TOO_MANY_REQUESTS' ? 429 : 404, headers: common });
  }
}
