import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDocx, makeOdf, zipOf } from '@/e2e/fixtures/office';
import { makeOle } from '@/e2e/fixtures/ole';
import { makePptx } from '@/e2e/fixtures/pptx';
import { sniffFile } from './sniff';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-sniff-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
async function sniff(name: string, bytes: Uint8Array | string) {
  const file = path.join(folder, String((files += 1)));
  await writeFile(file, bytes);
  return sniffFile(file, name);
}

const odp = (page: string) =>
  makeOdf({ kind: 'presentation', body: `<draw:page draw:name="p">${page}</draw:page>` });
const word = (flags = 0) => Buffer.from([0xec, 0xa5, 0, 0, 0, 0, 0, 0, 0, 0, flags & 0xff, flags >> 8, 0, 0]);
const xlsBof = Buffer.from('0908100000060500bb0dcc0700000000000000000600', 'hex').subarray(0, 20);

describe('an office document is told by what is in it, whatever its name', () => {
  test.each<[string, () => Promise<Uint8Array> | Uint8Array, object]>([
    ['a.docx', () => makeDocx(), { format: 'docx', notes: [] }],
    ['a.xlsx', () => makeDocx(), { format: 'docx' }],
    ['a.pdf', () => makeDocx(), { format: 'docx' }],
    [
      'a.docm',
      () => makeDocx({ mainType: 'application/vnd.ms-word.document.macroEnabled.main+xml' }),
      { format: 'docx' },
    ],
    ['a.pptx', () => makePptx([{ title: 'One' }]), { format: 'pptx', notes: [] }],
    [
      'a.pptx',
      () => makePptx([{ title: 'One' }, { title: 'Two', animated: true }]),
      { notes: ['ANIMATIONS_FLATTENED'] },
    ],
    ['a.odt', () => makeOdf({ kind: 'text', body: '' }), { format: 'odt' }],
    ['a.ods', () => makeOdf({ kind: 'spreadsheet', body: '' }), { format: 'ods' }],
    ['a.odp', () => odp(''), { format: 'odp', notes: [] }],
    ['a.odp', () => odp('<anim:par><anim:set/></anim:par>'), { notes: ['ANIMATIONS_FLATTENED'] }],
    ['a.doc', () => makeOle({ WordDocument: word() }), { format: 'doc' }],
    ['a.xls', () => makeOle({ Workbook: xlsBof }), { format: 'xls' }],
    ['a.ppt', () => makeOle({ 'PowerPoint Document': Buffer.alloc(8) }), { format: 'ppt', notes: [] }],
    [
      'a.ppt',
      () => makeOle({ 'PowerPoint Document': Buffer.from('0100f10f1c000000', 'hex') }),
      { notes: ['ANIMATIONS_FLATTENED'] },
    ],
    // A program of old added a line's end, and every office program opens it.
    ['a.docx', async () => Buffer.concat([await makeDocx(), Buffer.from('\n')]), { format: 'docx' }],
  ])('%s', async (name, make, expected) => {
    expect(await sniff(name, await make())).toMatchObject({ becomes: 'pdf', ...expected });
  });

  test.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ['photos.zip', () => zipOf({ 'a.txt': 'hello' }), 'application/zip'],
    ['half.zip', async () => (await zipOf({ 'a.txt': 'hello' })).subarray(0, 60), 'application/zip'],
    ['book.epub', () => zipOf({ mimetype: 'application/epub+zip', 'a.xhtml': 'x' }), 'application/zip'],
    ['setup.msi', () => makeOle({ Strings: Buffer.alloc(8) }), 'application/x-cfb'],
    ['data.bin', () => Buffer.from([0, 1, 2, 3, 250, 251]), 'application/octet-stream'],
    ['log.txt', () => Buffer.from('line\n'.repeat(1_200_000)), 'text/plain'],
  ])('%s is kept as a file', async (name, make, mimeType) => {
    expect(await sniff(name, await make())).toEqual({ becomes: 'file', mimeType });
  });

  test('sound and film are to be played', async () => {
    const wave = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1'), Buffer.alloc(100)]);
    expect(await sniff('a.docx', wave)).toMatchObject({ becomes: 'media' });
  });
});

describe('an office document is refused', () => {
  const encrypted = '<manifest:encryption-data manifest:checksum="x"/>';
  test.each<[string, string, () => Promise<Uint8Array> | Uint8Array]>([
    [
      'FILE_LOCKED',
      'a.docx',
      () => makeOle({ EncryptionInfo: Buffer.alloc(8), EncryptedPackage: Buffer.alloc(8) }),
    ],
    ['FILE_LOCKED', 'a.odt', () => makeOdf({ kind: 'text', body: '', manifest: encrypted })],
    ['FILE_LOCKED', 'a.doc', () => makeOle({ WordDocument: word(0x0100) })],
    [
      'FILE_LOCKED',
      'a.xls',
      () => makeOle({ Workbook: Buffer.concat([xlsBof, Buffer.from('2f0006000000', 'hex')]) }),
    ],
    [
      'FILE_LOCKED',
      'a.ppt',
      () => makeOle({ 'PowerPoint Document': Buffer.alloc(8), EncryptedSummary: Buffer.alloc(8) }),
    ],
    ['FILE_DAMAGED', 'a.docx', async () => (await makeDocx()).subarray(0, 300)],
    ['FILE_DAMAGED', 'a.doc', () => makeOle({ WordDocument: word() }).subarray(0, 100)],
  ])('%s: %s', async (code, name, make) => {
    await expect(sniff(name, await make())).rejects.toMatchObject({ code });
  });

  test('FILE_UNPACKS_TOO_LARGE: a bomb, before any of it is unpacked', async () => {
    const bomb = await makeDocx({ more: { 'word/media/image1.png': Buffer.alloc(150_000_000) } });
    expect(bomb.length).toBeLessThan(1_000_000);
    // What it holds cannot be unpacked at all: nobody has tried.
    const name = bomb.indexOf('word/media/image1.png');
    bomb.fill(0xff, name + 21, name + 2000);
    await expect(sniff('a.docx', bomb)).rejects.toMatchObject({ code: 'FILE_UNPACKS_TOO_LARGE' });
  });

  test('FILE_UNPACKS_TOO_LARGE: parts that lie upon each other, and too many of them', async () => {
    const one = await makeDocx({ more: { 'word/media/image1.png': randomBytes(20_000) } });
    await expect(sniff('a.docx', overlapping(one, 200))).rejects.toMatchObject({
      code: 'FILE_UNPACKS_TOO_LARGE',
    });
    const empty = await zipOf({ 'word/nothing': '' });
    await expect(sniff('a.docx', overlapping(empty, 20_000))).rejects.toMatchObject({
      code: 'FILE_UNPACKS_TOO_LARGE',
    });
  });

  test('a part that is larger than it says is not read on', async () => {
    const honest = await makeDocx({ more: {} });
    const types = honest.indexOf('[Content_Types].xml', honest.indexOf('PK\x01\x02'));
    // The central directory's size of the unpacked part stands 22 bytes before its name.
    const lying = Buffer.from(honest);
    lying.writeUInt32LE(10, types - 22);
    await expect(sniff('a.docx', lying)).rejects.toMatchObject({ code: 'FILE_DAMAGED' });
  });
});

/** The archive with the last entry of its table of contents written again and again. */
function overlapping(archive: Buffer, times: number): Buffer {
  const end = archive.lastIndexOf('PK\x05\x06');
  const last = archive.lastIndexOf('PK\x01\x02');
  const start = archive.readUInt32LE(end + 16);
  const entries = [
    archive.subarray(start, end),
    ...Array.from({ length: times }, () => archive.subarray(last, end)),
  ];
  const table = Buffer.concat(entries);
  const closing = Buffer.from(archive.subarray(end));
  const count = archive.readUInt16LE(end + 10) + times;
  closing.writeUInt16LE(count, 8);
  closing.writeUInt16LE(count, 10);
  closing.writeUInt32LE(table.length, 12);
  return Buffer.concat([archive.subarray(0, start), table, closing]);
}
