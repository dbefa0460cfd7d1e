import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Env } from '../env';
import { deriveKey } from '../keys';

/** What a signed address lets its holder read, and how it is answered. */
export type FileGrant = {
  /** Storage key. */
  key: string;
  mimeType: string;
  /** Null shows it in the page that asked; a name offers it as a download. */
  downloadName: string | null;
};

/** Addresses made within the same span are the same, so that browsers can keep what they fetched: 10 minutes. */
const SPAN_MS = 10 * 60_000;

/** When an address made now ends: in 10 to 20 minutes. ms since the epoch. */
export function addressExpiry(now: number): number {
  return (Math.floor(now / SPAN_MS) + 2) * SPAN_MS;
}

/** The same for something that lasts: it can be played to its end, and once more. @param durationMs  how long it lasts */
export function playExpiry(now: number, durationMs: number | null): number {
  return addressExpiry(now) + Math.ceil(((durationMs ?? 0) * 2) / SPAN_MS) * SPAN_MS;
}

type Signing = Pick<Env, 'LECTERN_SECRET' | 'LECTERN_FILES_URL'>;

/**
 * The address of a file for somebody who may read it: whoever holds it may, until it expires.
 * @param expiresAt  ms since the epoch
 */
export function fileAddress(env: Signing, grant: FileGrant, expiresAt: number): string {
  const url = new URL(`/f/${grant.key}`, env.LECTERN_FILES_URL);
  url.searchParams.set('e', String(Math.floor(expiresAt / 1000)));
  url.searchParams.set('t', grant.mimeType);
  if (grant.downloadName !== null) url.searchParams.set('n', grant.downloadName);
  url.searchParams.set('s', sign(env, grant, String(Math.floor(expiresAt / 1000))));
  return url.href;
}

const query = z.object({
  e: z.string().regex(/^\d{10}$/),
  t: z.string().max(100),
  n: z.string().max(300).optional(),
  s: z.string().length(22),
});

/** What an address grants; null when it is not one of ours, was changed, or has expired. */
export function readFileAddress(
  env: Signing,
  url: URL,
  now: number,
): (FileGrant & { expiresAt: number }) | null {
  const key = /^\/f\/([0-9a-f-]{36})$/.exec(url.pathname)?.[1];
  const parsed = query.safeParse(Object.fromEntries(url.searchParams));
  if (!key || !parsed.success) return null;
  const { e, t, n, s } = parsed.data;
  const grant: FileGrant = { key, mimeType: t, downloadName: n ?? null };
  const expected = Buffer.from(sign(env, grant, e));
  const given = Buffer.from(s);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const expiresAt = Number(e) * 1000;
  return expiresAt > now ? { ...grant, expiresAt } : null;
}

/** 128 bits of HMAC-SHA256. */
function sign(env: Signing, { key, mimeType, downloadName }: FileGrant, expires: string): string {
  return createHmac('sha256', deriveKey(env.LECTERN_SECRET, 'file-url'))
    .update(JSON.stringify([key, mimeType, downloadName, expires]))
    .digest()
    .subarray(0, 16)
    .toString('base64url');
}
