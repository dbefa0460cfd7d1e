import { randomUUID } from 'node:crypto';
import { AppError } from './errors';

/** What a JSON request may weigh, in bytes. Files go another way. */
export const MAX_JSON_BYTES = 1_000_000;

/** The id that a request already carries, when it looks like one of ours; else a new one. Safe to send back in a header. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get('x-request-id');
  return given && /^[A-Za-z0-9-]{8,64}$/.test(given) ? given : randomUUID();
}

/**
 * Refuses a request that changes something unless it comes from the app's own pages (browsers always send `Origin` then).
 * @param appUrl  LECTERN_URL
 * @throws AppError BAD_ORIGIN
 */
export function requireOwnOrigin(request: { method: string; headers: Headers }, appUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return;
  if (request.headers.get('origin') !== new URL(appUrl).origin) throw new AppError('BAD_ORIGIN');
}

/** Sends a browser elsewhere, with a cookie on the way where there is one. */
export function seeOther(location: string, cookie: string | null = null): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store' });
  if (cookie) headers.set('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}

/**
 * Reads a body, giving up as soon as it is larger than allowed: neither a wrong nor an absent Content-Length helps past it.
 * @throws AppError TOO_LARGE
 */
export async function readCapped(
  request: { headers: Headers; body: AsyncIterable<Uint8Array> | null },
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes)
    throw new AppError('TOO_LARGE', { maxBytes });
  const parts: Uint8Array[] = [];
  let size = 0;
  if (request.body) {
    for await (const part of request.body) {
      size += part.byteLength;
      if (size > maxBytes) throw new AppError('TOO_LARGE', { maxBytes });
      parts.push(part);
    }
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}

/**
 * Refuses JSON with a `__proto__` key, at any depth and however it is spelt: nobody honest sends one. Text that is no JSON
 * passes, for the parser to refuse.
 * @throws AppError BAD_INPUT
 */
export function refuseProtoKeys(json: string): void {
  // Parsing twice is only for what might spell the name; an escape (\u005f) might.
  if (!json.includes('__proto__') && !json.includes('\\u00')) return;
  let found = false;
  try {
    JSON.parse(json, (key, value: unknown) => {
      if (key === '__proto__') found = true;
      return value;
    });
  } catch (error) {
    // Nested so deeply that it cannot be looked through: nobody honest sends that either.
    if (error instanceof RangeError) found = true;
    else if (!(error instanceof SyntaxError)) throw error;
  }
  if (found) throw new AppError('BAD_INPUT');
}

/**
 * The address a request came from: what the outermost of our own proxies wrote into X-Forwarded-For, or Next itself where
 * there is none. What stands left of that, anybody may have written. For counting tries, never for rights.
 * @param proxies  how many of our own proxies a request passes (LECTERN_PROXIES)
 */
export function addressOf(headers: Headers, proxies: number): string {
  const written = headers.get('x-forwarded-for')?.split(',') ?? [];
  return written.at(-Math.max(1, proxies))?.trim().slice(0, 64) || 'unknown';
}
