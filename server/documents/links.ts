import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { App } from '../app';
import { AppError } from '../errors';
import { fileAddress } from '../files/address';
import { addressOf } from '../http';
import { isGenuine, linkToken, parseLinkToken } from '../link-tokens';
import { countTry } from '../throttle';
import * as queries from './queries/links';

/** Addresses that a link leads to hold this long, long enough to begin to load what is there: a link that is taken back ends soon. */
const DOWNLOAD_MS = 2 * 60_000;

/** Opens a file's share link, or shows the one that is open. Whoever calls has found out that it is its owner who asks. */
export async function shareDocument(app: App, documentId: string): Promise<{ url: string }> {
  const { version } = await queries.openLink(app.db, documentId);
  const token = linkToken(app.env.LECTERN_SECRET, 'document', documentId, version);
  return { url: new URL(`/shared/${token}`, app.env.LECTERN_URL).href };
}

/** Ends a file's share link for good; sharing again makes another one. Whoever calls has asked for its owner. */
export function unshareDocument(app: App, documentId: string): Promise<void> {
  return queries.closeLink(app.db, documentId);
}

/** Looks at links from one address in a minute: a class behind one router opens one at once, a script may not go through them all. */
const looksPerMinute = new RateLimiterMemory({ points: 300, duration: 60 });

export type SharedFile = {
  name: string;
  bytes: number;
  mimeType: string;
  pageCount: number;
  durationMs: number | null;
  /** A short-lived address of a picture of its first page, or of a film; null where there is none. */
  picture: string | null;
};

/**
 * What a share link leads to, for whoever has it.
 * @throws AppError LINK_INVALID: one answer for forged, unknown, revoked ones and deleted files; TOO_MANY_REQUESTS
 */
export async function readShared(
  app: App,
  token: string,
  headers: Headers,
  now: number,
): Promise<SharedFile> {
  const { pictureKey: key, ...shared } = await findShared(app, token, headers);
  const { name, bytes, mimeType, pageCount, durationMs } = shared;
  const grant = key && { key, mimeType: 'image/webp', downloadName: null };
  const picture = grant && fileAddress(app.env, grant, now + DOWNLOAD_MS);
  return { name, bytes, mimeType, pageCount, durationMs, picture };
}

/** A short-lived address of the shared file itself. @throws AppError as `readShared` */
export async function downloadShared(
  app: App,
  token: string,
  headers: Headers,
  now: number,
): Promise<string> {
  const { name, mimeType, storageKey } = await findShared(app, token, headers);
  return fileAddress(app.env, { key: storageKey, mimeType, downloadName: name }, now + DOWNLOAD_MS);
}

async function findShared(app: App, token: string, headers: Headers) {
  await countTry(looksPerMinute, addressOf(headers, app.env.LECTERN_PROXIES));
  const parsed = parseLinkToken(token);
  if (parsed?.kind !== 'document') throw new AppError('LINK_INVALID');
  const shared = await queries.findLinked(app.db, parsed.id);
  // An unknown link is compared as well, with a version that none has: both answers take the same work.
  const genuine = isGenuine(app.env.LECTERN_SECRET, parsed, shared?.version ?? 0);
  if (!shared || !genuine) throw new AppError('LINK_INVALID');
  return shared;
}
