/**
 * What uploadthing's server and ours say to each other, as its package (7.7.4) does it: the token that its FileRouter signs
 * with, the signed address that its client uploads to, and the signed callback that ends an upload.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Env } from '../env';
import { deriveKey } from '../keys';
import { readBoundUpload, senderOf } from './sender';

type Keyed = Pick<Env, 'LECTERN_SECRET'>;
const APP_ID = 'lectern';

export function uploadApiKey(env: Keyed): string {
  return `sk_live_${deriveKey(env.LECTERN_SECRET, 'upload').export().toString('hex')}`;
}

/** In the form of uploadthing's own tokens; its `ingestUrl` setting points to ours. */
export function uploadToken(env: Keyed): string {
  return Buffer.from(JSON.stringify({ apiKey: uploadApiKey(env), appId: APP_ID, regions: ['own'] })).toString(
    'base64',
  );
}

export function ingestUrl(env: Pick<Env, 'LECTERN_FILES_URL'>): string {
  return `${env.LECTERN_FILES_URL.replace(/\/$/, '')}/ingest`;
}

export type SignedUpload = {
  fileKey: string;
  uploadId: string;
  name: string;
  bytes: number;
  slug: string;
  type: string;
};

const signedQuery = z.object({
  expires: z.coerce.number(),
  'x-ut-identifier': z.literal(APP_ID),
  'x-ut-custom-id': z.string().max(100),
  'x-ut-file-name': z.string(),
  'x-ut-file-size': z.coerce.number().int().nonnegative(),
  'x-ut-file-type': z.string().default(''),
  'x-ut-slug': z.string(),
});

/**
 * What a signed upload address announces; null when it was changed, is not ours, has expired, or was made for somebody else.
 * @param traceparent  the header by which the announcer is known
 * @param now  ms since the epoch
 */
export function readSignedUpload(
  env: Env,
  requestUrl: string,
  traceparent: string | string[] | undefined,
  now: number,
): SignedUpload | null {
  const address = `${env.LECTERN_FILES_URL.replace(/\/$/, '')}${requestUrl}`;
  const [signed, signature, ...more] = address.split('&signature=');
  if (!signed || !signature || more.length > 0) return null;
  if (!sameText(signature, encodeURIComponent(signVendor(env, signed)))) return null;
  const url = new URL(signed);
  const values = Object.fromEntries(
    [...url.searchParams].map(([name, value]) => [name, decodeURIComponent(value)]),
  );
  const parsed = signedQuery.safeParse(values);
  const fileKey = /^\/ingest\/([\w-]+)$/.exec(url.pathname)?.[1];
  if (!parsed.success || !fileKey || parsed.data.expires < now) return null;
  const uploadId = readBoundUpload(env, parsed.data['x-ut-custom-id'], senderOf(traceparent));
  if (!uploadId) return null;
  return {
    fileKey,
    uploadId,
    name: parsed.data['x-ut-file-name'],
    bytes: parsed.data['x-ut-file-size'],
    type: parsed.data['x-ut-file-type'],
    slug: parsed.data['x-ut-slug'],
  };
}

export function signVendor(env: Keyed, payload: string): string {
  return `hmac-sha256=${createHmac('sha256', uploadApiKey(env)).update(payload).digest('hex')}`;
}

export function isUploadApiKey(env: Keyed, given: string | string[] | undefined): boolean {
  return typeof given === 'string' && sameText(given, uploadApiKey(env));
}

function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What ends an upload, in the form that the FileRouter's handler checks. */
export async function callBack(
  env: Env,
  hook: 'callback' | 'error',
  upload: SignedUpload,
  more: { metadata: Record<string, unknown> } | { error: string },
): Promise<void> {
  const origin = ingestUrl(env);
  const address = `${origin}/${upload.fileKey}`;
  const file = {
    name: upload.name,
    size: upload.bytes,
    type: upload.type,
    customId: upload.uploadId,
    key: upload.fileKey,
    url: address,
    appUrl: address,
    ufsUrl: address,
    fileHash: '',
  };
  const body = JSON.stringify(
    'error' in more
      ? { fileKey: upload.fileKey, error: more.error }
      : { status: 'uploaded', file, origin, metadata: more.metadata },
  );
  const target = new URL('/api/uploadthing', env.LECTERN_URL);
  target.searchParams.set('slug', upload.slug);
  const response = await fetch(target, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'uploadthing-hook': hook,
      'x-uploadthing-signature': signVendor(env, body),
    },
    body,
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok)
    throw new Error(`The ${hook} was answered with ${response.status}: ${await response.text()}`);
}
