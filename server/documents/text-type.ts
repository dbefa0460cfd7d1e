/** What a playlist begins with. It is text, and yet nothing to read. */
const PLAYLIST = 'application/vnd.apple.mpegurl';

const BY_NAME: [name: RegExp, type: string][] = [
  [/\.(md|markdown)$/i, 'text/markdown'],
  [/\.(csv|tsv)$/i, 'text/csv'],
  [/\.srt$/i, 'application/x-subrip'],
];

/**
 * What kind of text a file is, by its first bytes; null when it is no text. Web pages and drawings are told by what they say, whatever
 * their name; among plain texts the name decides, since nothing else can.
 * @param bytes  how long the whole file is
 */
export function textTypeOf(name: string, head: Buffer, bytes: number): string | null {
  const text = decodeHead(head, head.length < bytes);
  if (text === null) return null;
  // What may stand before the first element: a declaration, comments, a document type.
  const start = text
    .replace(/^\uFEFF?\s*/, '')
    .replace(/^(?:<\?[^>]*\?>\s*|<!--[\s\S]*?-->\s*|<!doctype\s+svg[^>[]*(?:\[[^\]]*\])?[^>]*>\s*)+/i, '')
    .toLowerCase();
  if (/^<(?:\w+:)?svg[\s>/]/.test(start)) return 'image/svg+xml';
  if (/^<!doctype\s+html|^<(?:html|head|body|script|iframe|title|meta)[\s>/]/.test(start)) return 'text/html';
  if (start.startsWith('#extm3u')) return PLAYLIST;
  if (/^webvtt\s/.test(start)) return 'text/vtt';
  if (/\.html?$/i.test(name) && /<[a-z]+[\s>/]/.test(start)) return 'text/html';
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? 'text/plain';
}

/** The text of a file's first bytes, or null: what holds a NUL or more than the usual control characters is no text. */
function decodeHead(head: Buffer, cut: boolean): string | null {
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (utf16) {
    const even = head.subarray(0, head.length & ~1);
    return new TextDecoder(head[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(even);
  }
  const controls = head.filter((byte) => byte < 32 && ![9, 10, 12, 13, 27].includes(byte)).length;
  if (head.includes(0) || controls > head.length / 100) return null;
  try {
    // A letter may be cut in two where the bytes end.
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: cut });
  } catch {
    // Old texts of one byte a letter: mostly plain letters all the same.
    const plain = head.filter((byte) => byte < 127).length;
    return plain > head.length * 0.7 ? head.toString('latin1') : null;
  }
}
