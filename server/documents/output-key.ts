import { createHash } from 'node:crypto';

type OutputKind = 'pdf' | 'page' | 'thumbnail' | 'beginning' | 'part' | 'poster' | 'captions';

/**
 * The storage key of something that is made of a file, always the same: whoever makes it again after being cut off writes over what
 * was there, and nothing is left that no row knows of. In the form of a UUID of version 8 (RFC 9562).
 */
export function outputKey(storageKey: string, kind: OutputKind, page: number | string = 0): string {
  const hash = createHash('sha256').update(`${storageKey}/${kind}/${page}`).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
