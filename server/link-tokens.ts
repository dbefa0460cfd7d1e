import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey, type KeyPurpose } from './keys';

export type LinkKind = 'lesson' | 'personal' | 'document' | 'course' | 'invitation';

/** A link's token, taken apart; whether it is genuine only `isGenuine` says. */
export type ParsedToken = { kind: LinkKind; id: string; mac: Buffer };

const LETTERS = { lesson: 'l', personal: 'p', document: 'd', course: 'c', invitation: 'i' } as const;
const KINDS: Record<string, LinkKind> = {
  l: 'lesson',
  p: 'personal',
  d: 'document',
  c: 'course',
  i: 'invitation',
};
const PURPOSES: Record<LinkKind, KeyPurpose> = {
  lesson: 'lesson-link',
  personal: 'personal-link',
  document: 'document-link',
  course: 'course-link',
  invitation: 'invitation-link',
};
/** 192 bits of the HMAC. */
const MAC_BYTES = 24;

/** The token of a link: a letter for its kind, the row's id (16 bytes), `HMAC(id, version)`; base64url. Nothing of it is stored. */
export function linkToken(secret: string, kind: LinkKind, id: string, version: number): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return `${LETTERS[kind]}.${bytes.toString('base64url')}.${mac(secret, kind, id, version).toString('base64url')}`;
}

/** Takes a token apart; null where it is none. */
export function parseLinkToken(token: string): ParsedToken | null {
  const match = /^([lpdci])\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{32})$/.exec(token);
  const [, letter, idPart, macPart] = match ?? [];
  const kind = letter && KINDS[letter];
  if (!kind || !idPart || !macPart) return null;
  const bytes = Buffer.from(idPart, 'base64url');
  // Of the last letter two bits count: only the spelling that we made is a token.
  if (bytes.toString('base64url') !== idPart) return null;
  const hex = bytes.toString('hex');
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  );
  return { kind, id, mac: Buffer.from(macPart, 'base64url') };
}

/** Whether a token was made here for this version of its link. Takes the same time whatever the token. */
export function isGenuine(secret: string, token: ParsedToken, version: number): boolean {
  return timingSafeEqual(token.mac, mac(secret, token.kind, token.id, version));
}

function mac(secret: string, kind: LinkKind, id: string, version: number): Buffer {
  const key = deriveKey(secret, PURPOSES[kind]);
  return createHmac('sha256', key).update(`${id}\n${version}`).digest().subarray(0, MAC_BYTES);
}
