import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** What a key is for. A key made for one purpose opens nothing else. */
export type KeyPurpose =
  | 'session'
  | 'guest-cookie'
  | 'lesson-link'
  | 'personal-link'
  | 'document-link'
  | 'course-link'
  | 'invitation-link'
  | 'file-url'
  | 'upload'
  | 'upload-sender'
  | 'mail-off'
  | 'calendar-feed';

const derived = new Map<string, KeyObject>();

/** Derives the 32-byte key of a purpose from the installation's one secret (HKDF-SHA256, RFC 5869), once a process. */
export function deriveKey(secret: string, purpose: KeyPurpose): KeyObject {
  const name = `${purpose}\n${secret}`;
  let key = derived.get(name);
  if (!key) {
    key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'lectern', purpose, 32)));
    derived.set(name, key);
  }
  return key;
}
