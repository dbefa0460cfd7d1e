import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Env } from '../env';
import { deriveKey } from '../keys';

type Keyed = Pick<Env, 'LECTERN_SECRET'>;

/**
 * What the program that announced an upload knows, and its address does not tell: uploadthing's client (7.7.4) makes a random trace id
 * for each upload and sends it with the announcement, which a session stands behind, and with each request to the ingest, which has no
 * other way to tell people apart: it lies on another origin and gets no cookie. Proxies may change the rest of the header, not the id.
 * @returns null where there is none
 */
export function senderOf(traceparent: string | string[] | null | undefined): string | null {
  if (typeof traceparent !== 'string') return null;
  return /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(traceparent)?.[1] ?? null;
}

/** An upload and who may send to it, as it stands in a signed address. The sender cannot be read from it. */
export function boundUpload(env: Keyed, uploadId: string, sender: string): string {
  return `${uploadId}.${mark(env, uploadId, sender).toString('base64url')}`;
}

/** The upload that was bound; null where it was not bound to this sender. */
export function readBoundUpload(env: Keyed, bound: string, sender: string | null): string | null {
  const [uploadId = '', given = ''] = bound.split('.');
  if (!sender || !z.uuid().safeParse(uploadId).success) return null;
  const [expected, bytes] = [mark(env, uploadId, sender), Buffer.from(given, 'base64url')];
  return bytes.length === expected.length && timingSafeEqual(bytes, expected) ? uploadId : null;
}

/** 128 bits of HMAC-SHA256. */
function mark(env: Keyed, uploadId: string, sender: string): Buffer {
  return createHmac('sha256', deriveKey(env.LECTERN_SECRET, 'upload-sender'))
    .update(`${uploadId}\n${sender}`)
    .digest()
    .subarray(0, 16);
}
