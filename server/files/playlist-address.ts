import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Env } from '../env';
import { deriveKey } from '../keys';

type Signing = Pick<Env, 'LECTERN_SECRET' | 'LECTERN_FILES_URL'>;

/** A film that was made playable, as it was made of one file. */
export type PlaylistGrant = { documentId: string; storageKey: string };

/**
 * The address of a film's list of parts for somebody who may play it: whoever holds it may, until it expires.
 * @param expiresAt  ms since the epoch; the parts' own addresses end with it
 */
export function playlistAddress(env: Signing, grant: PlaylistGrant, expiresAt: number): string {
  const url = new URL(`/p/${grant.documentId}/${grant.storageKey}.m3u8`, env.LECTERN_FILES_URL);
  const expires = String(Math.floor(expiresAt / 1000));
  url.searchParams.set('e', expires);
  url.searchParams.set('s', sign(env, grant, expires));
  return url.href;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const PATH = new RegExp(`^/p/(${UUID})/(${UUID})\\.m3u8$`);

/** What an address grants; null when it is not one of ours, was changed, or has expired. */
export function readPlaylistAddress(
  env: Signing,
  url: URL,
  now: number,
): (PlaylistGrant & { expiresAt: number }) | null {
  const [, documentId, storageKey] = PATH.exec(url.pathname) ?? [];
  const expires = url.searchParams.get('e') ?? '';
  if (!documentId || !storageKey || !/^\d{10}$/.test(expires)) return null;
  const grant = { documentId, storageKey };
  const expected = Buffer.from(sign(env, grant, expires));
  const given = Buffer.from(url.searchParams.get('s') ?? '');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const expiresAt = Number(expires) * 1000;
  return expiresAt > now ? { ...grant, expiresAt } : null;
}

/** 128 bits of HMAC-SHA256, of something that no file's address is made of. */
function sign(env: Signing, { documentId, storageKey }: PlaylistGrant, expires: string): string {
  return createHmac('sha256', deriveKey(env.LECTERN_SECRET, 'file-url'))
    .update(JSON.stringify(['playlist', documentId, storageKey, expires]))
    .digest()
    .subarray(0, 16)
    .toString('base64url');
}
