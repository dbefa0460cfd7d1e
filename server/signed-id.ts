import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { deriveKey, type KeyPurpose } from './keys';

/** 192 bits of the HMAC. */
const MAC_BYTES = 24;

export type SignedId = { id: string; mac: Buffer };

/** An id that only this installation can have handed out for a purpose; raising its version voids it. Nothing of it is stored. */
export function signId(secret: string, purpose: KeyPurpose, id: string, version: number): string {
  return `${id}.${mac(secret, purpose, id, version).toString('base64url')}`;
}

/** Takes it apart; null where it is none. Whether it is genuine only `isSigned` says. */
export function parseSignedId(token: string): SignedId | null {
  const [id = '', given = ''] = token.split('.');
  const bytes = Buffer.from(given, 'base64url');
  return z.uuid().safeParse(id).success && bytes.length === MAC_BYTES ? { id, mac: bytes } : null;
}

/** Whether it was made here, for this version. Takes the same time whatever it is. */
export function isSigned(secret: string, purpose: KeyPurpose, signed: SignedId, version: number): boolean {
  return timingSafeEqual(signed.mac, mac(secret, purpose, signed.id, version));
}

function mac(secret: string, purpose: KeyPurpose, id: string, version: number): Buffer {
  const key = deriveKey(secret, purpose);
  return createHmac('sha256', key).update(`${id}\n${version}`).digest().subarray(0, MAC_BYTES);
}
