import { readdir, readFile, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import path from 'node:path';
import pino from 'pino';
import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import { makePdf } from '@/e2e/fixtures/pdf';
import { embeddedType1 } from '@/e2e/fixtures/type1';
import { makeGround } from './ground-fixture';
import type { InspectionResult, PagedType, PageOutput } from './port';
import { sandboxedConverter } from './sandboxed';

/** Files that were made to do harm, or to be too much: each is taken inertly or refused with its reason, and nothing else happens. */
vi.setConfig({ testTimeout: 60_000 });

const ground = makeGround('lectern-hostile-');

let files = 0;
async function inspect(type: PagedType, bytes: Uint8Array | string) {
  const file = path.join(ground.folder, `file-${(files += 1)}`);
  await writeFile(file, bytes);
  const converter = sandboxedConverter(path.join(ground.folder, 'work'), pino({ level: 'silent' }), {
    program: null,
  });
  let drawn: { text: string; colour: number[] } | null = null;
  const take = async ({ drawn: files, text }: PageOutput) => {
    if (!files) return;
    const { channels } = await sharp(await readFile(files.picture)).stats();
    drawn = { text, colour: channels.slice(0, 3).map((channel) => Math.round(channel.mean)) };
  };
  const result = await converter.inspect(file, type, take);
  // The first look waits a moment for a picture; drawing for its own sake takes the time that it takes.
  if (result.ok && type === 'application/pdf') {
    drawn = null;
    await converter.renderPages(file, { first: 1, last: 1 }, take, new AbortController().signal);
  }
  expect(await readdir(path.join(ground.folder, 'work'))).toEqual([]);
  return { result, drawn: drawn as { text: string; colour: number[] } | null };
}

const refused = (failure: string): InspectionResult => ({ ok: false, failure }) as InspectionResult;

describe('a PDF whose font matrix holds a program is drawn, and the program does not run', () => {
  const matrix = '0.001 0 0 0.001 0 0';
  /** As CVE-2024-4367 had it: what stands in the matrix became part of a function's text. It would end the process that draws. */
  const program = '0.001 0 0 0.001 0 (0\\); globalThis.process.exit\\(9\\); //)';
  const boxes = (programMatrix: string, dictionaryMatrix: string | null) => {
    const { extra, font } = embeddedType1(programMatrix, dictionaryMatrix);
    return makePdf([{ width: 400, height: 100, text: 'AAAAAAAA' }], '', extra, '', font);
  };

  test.each<[string, () => Buffer]>([
    ['in an embedded Type 1 program', () => boxes(program, null)],
    ['in the dictionary of an embedded font', () => boxes(matrix, program)],
    ['in both', () => boxes(program, program)],
    [
      'of a Type 3 font',
      () =>
        Buffer.from(
          makePdf([{}], '', [
            `<< /Type /Font /Subtype /Type3 /FontMatrix [${program}] /FontBBox [0 0 1 1] /CharProcs << >> /Encoding << /Differences [65 /A] >> /FirstChar 65 /LastChar 65 /Widths [1] >>`,
          ])
            .toString('latin1')
            .replaceAll('/F1 3 0 R', '/F1 4 0 R'),
          'latin1',
        ),
    ],
  ])('%s', async (_where, make) => {
    const { result, drawn } = await inspect('application/pdf', make());
    expect(result).toMatchObject({ ok: true });
    expect(drawn).not.toBeNull();
  });

  test('and the embedded font is what is drawn', async () => {
    const { drawn } = await inspect('application/pdf', boxes(matrix, null));
    // Eight boxes of 28 × 32 on 400 × 100: Helvetica’s letters are a third as black.
    expect(drawn?.colour[0]).toBeLessThan(220);
    const plain = await inspect('application/pdf', makePdf([{ width: 400, height: 100, text: 'AAAAAAAA' }]));
    expect(plain.drawn?.colour[0]).toBeGreaterThan(220);
  });
});

test('a PDF with JavaScript is drawn, and the JavaScript does not run', async () => {
  const script = `app.launchURL("${ground.address}/script"); this.submitForm("${ground.address}/form");`;
  const pdf = makePdf([{ text: 'Calm' }], '', [
    `<< /S /JavaScript /JS (${script.replace(/[()]/g, '\\$&')}) >>`,
  ]);
  const scripted = pdf.toString('latin1').replace('/Type /Catalog', '/Type /Catalog /OpenAction 4 0 R');
  const { result, drawn } = await inspect('application/pdf', Buffer.from(scripted, 'latin1'));
  expect(result).toMatchObject({ ok: true });
  expect(drawn?.text).toBe('Calm');
  expect(ground.asked).toEqual([]);
});

test('a PDF of 10,000 pages is refused as too long', async () => {
  const { result } = await inspect('application/pdf', makePdf(Array.from({ length: 10_000 }, () => ({}))));
  expect(result).toEqual(refused('FILE_TOO_MANY_PAGES'));
});

test.each([
  [14_400, 14_400],
  [14_400, 3],
  [3, 14_400],
  [200, 14_400],
])('a page of 200 inches (%i × %i points) is drawn within bounds', async (width, height) => {
  const { result, drawn } = await inspect(
    'application/pdf',
    makePdf([{ width, height, colour: [1, 0, 0], text: '' }]),
  );
  expect(result).toEqual({ ok: true, pages: [[width, height]] });
  expect(drawn?.colour[0]).toBeGreaterThan(200);
});

test('a picture of 60,000 × 60,000 pixels is refused without being unpacked', async () => {
  const small = await sharp({ create: { width: 10, height: 10, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const huge = Buffer.from(small);
  huge.writeUInt32BE(60_000, 16);
  huge.writeUInt32BE(60_000, 20);
  huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29);
  expect((await inspect('image/png', huge)).result).toEqual(refused('FILE_TOO_MANY_PIXELS'));
});

test('a drawing is made a picture: its scripts do not run, and what it points to is not read', async () => {
  const red = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  await writeFile(path.join(ground.folder, 'red.png'), red);
  const image = (href: string) => `<image href="${href}" xlink:href="${href}" width="100" height="100"/>`;
  const svg = (content: string) =>
    `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY passwd SYSTEM "file:///etc/passwd">]>` +
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100">` +
    `<rect width="100" height="100" fill="rgb(0,255,0)"/>${content}</svg>`;
  const { result, drawn } = await inspect(
    'image/svg+xml',
    svg(
      `<script>fetch("${ground.address}/script")</script><style>@import url("${ground.address}/style.css");</style>` +
        image(`${ground.address}/picture.png`) +
        image(`file://${ground.folder}/red.png`) +
        image('../../red.png'),
    ),
  );
  expect(result).toEqual({ ok: true, pages: [[1200, 1200]] });
  expect(drawn?.colour).toEqual([0, 255, 1]);
  expect(ground.asked).toEqual([]);
});

test('pictures that move are shown by their first frame, and each kind of picture is read', async () => {
  const green = { create: { width: 40, height: 20, channels: 3, background: 'rgb(0,200,0)' } } as const;
  const make = (format: 'webp' | 'avif' | 'gif' | 'jpeg') => sharp(green)[format]().toBuffer();
  for (const format of ['webp', 'avif', 'gif', 'jpeg'] as const) {
    const { result, drawn } = await inspect(`image/${format}`, await make(format));
    expect(result).toEqual({ ok: true, pages: [[30, 15]] });
    expect(drawn?.colour[1]).toBeGreaterThan(190);
  }
});
