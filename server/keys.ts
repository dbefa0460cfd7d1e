import { hkdfSync } from 'node:crypto';

/** What a key is for. A key made for one purpose opens nothing else. */
export type KeyPurpose = 'session' | 'guest-cookie' | 'lesson-link' | 'personal-link' | 'file-url' | 'upload';

/** Derives the 32-byte key of a purpose from the installation's one secret (HKDF-SHA256, RFC 5869). */
export function deriveKey(secret: string, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'lectern', purpose, 32));
}
