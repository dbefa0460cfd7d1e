/** Two seconds of each kind of sound and film that ffmpeg reads and does not write: bit by bit, as their formats say. */
export const HAND_MADE = {
  'sound.amr': () => amr('#!AMR\n', 12),
  'wide.amr': () => amr('#!AMR-WB\n', 17),
  'sound.ape': ape,
  // What Windows Media 9 is packed in for tests of it; it goes into a WMV from there.
  'film.rcv': wmv9,
} satisfies Record<string, () => Buffer>;

/** A hundred pieces of 20 ms in the lowest quality (RFC 4867, 5.3), of nothing but zeros. */
function amr(magic: string, bytes: number): Buffer {
  const piece = Buffer.concat([Buffer.from([0x04]), Buffer.alloc(bytes)]);
  return Buffer.concat([Buffer.from(magic), ...Array.from({ length: 100 }, () => piece)]);
}

/** Monkey's Audio 3.99 with one piece, which says of itself that it is silent. */
function ape(): Buffer {
  const samples = 88_200;
  const data = words(0x80000000, 3, 0, 0);
  const descriptor = Buffer.concat([
    Buffer.from('MAC '),
    halves(3990, 0),
    words(52, 24, 4, 0, data.length, 0, 0),
    Buffer.alloc(16),
  ]);
  const header = Buffer.concat([halves(2000, 0), words(294_912, samples, 1), halves(16, 2), words(44_100)]);
  const firstPiece = descriptor.length + header.length + 4;
  return Buffer.concat([descriptor, header, words(firstPiece), data]);
}

/** Twenty grey pictures of 176 × 144, each by itself, in the simple profile (SMPTE 421M, annexes J and L). */
function wmv9(): Buffer {
  const [width, height, frames] = [176, 144, 20];
  // Count 0, a picture by itself, buffer 0, quantizer 5 without half a step, tables 0: then each block is what was foretold.
  const block = '1 0 1111 0000';
  const blocks = (width / 16) * (height / 16);
  const picture = bits(`00 0 0000000 00101 0 0 0 0 ${block.repeat(blocks)}`);
  // Simple profile, and of all that it may do nothing but what the standard wants to be 1.
  const sequence = bits('0000 000 00000 00011 0000000 00000001');
  const start = Buffer.concat([
    ...[words(0xc5000000 + frames, 4), sequence, words(height, width, 12)],
    ...[Buffer.alloc(8), words(10)],
  ]);
  const shown = Array.from({ length: frames }, (_, at) => [words(0x80000000 + picture.length, at), picture]);
  return Buffer.concat([start, ...shown.flat()]);
}

function words(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) buffer.writeUInt32LE(value, index * 4);
  return buffer;
}

function halves(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) buffer.writeUInt16LE(value, index * 2);
  return buffer;
}

/** Zeros and ones as bytes, spaces left out, filled up with zeros. */
function bits(text: string): Buffer {
  const bytes = text.replaceAll(' ', '').match(/.{1,8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)));
}
