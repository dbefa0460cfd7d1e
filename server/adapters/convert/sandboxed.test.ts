import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lockedPdf, makePdf } from '@/e2e/fixtures/pdf';
import type { PageOutput } from './port';
import { sandboxedConverter } from './sandboxed';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-convert-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const converter = (memoryMb?: number) =>
  sandboxedConverter(path.join(folder, 'work'), pino({ level: 'silent' }), { program: null, memoryMb });
const noPicture = () => Promise.reject(new Error('no picture was expected'));

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const target = path.join(folder, name);
  await writeFile(target, bytes);
  return target;
}

test('a PDF gives its page sizes and a picture of its first page', async () => {
  const pdf = await file(
    'three.pdf',
    makePdf([
      { width: 612, height: 792 },
      { width: 300, height: 200 },
      { width: 100, height: 100 },
    ]),
  );
  let [picture, thumbnail, text]: [Buffer?, Buffer?, string?] = [];
  const result = await converter().inspect(pdf, 'application/pdf', async (made) => {
    const { drawn } = made;
    if (!drawn) throw new Error('It was not drawn');
    [picture, thumbnail, text] = [await readFile(drawn.picture), await readFile(drawn.thumbnail), made.text];
  });
  expect(result).toEqual({
    ok: true,
    pages: [
      [612, 792],
      [300, 200],
      [100, 100],
    ],
  });
  const { width, format } = await sharp(picture).metadata();
  expect({ width, format }).toEqual({ width: 1600, format: 'webp' });
  expect(await sharp(thumbnail).metadata()).toMatchObject({ width: 200, format: 'webp' });
  expect(text).toBe('Page 1');
  expect(await readdir(path.join(folder, 'work'))).toEqual([]);
});

test('every page asked for is drawn in its colour', async () => {
  const pdf = await file(
    'colours.pdf',
    makePdf([{ colour: [1, 0, 0] }, { colour: [0, 1, 0] }, { colour: [0, 0, 1] }]),
  );
  const colours: Record<number, number[]> = {};
  const draw = async ({ page, drawn }: PageOutput) => {
    const { channels } = await sharp(drawn?.picture)
      .extract({ left: 20, top: 20, width: 50, height: 50 })
      .stats();
    colours[page] = channels.slice(0, 3).map((channel) => Math.round(channel.mean / 255));
  };
  await converter().renderPages(pdf, { first: 2, last: 9 }, draw, new AbortController().signal);
  expect(colours).toEqual({ 2: [0, 1, 0], 3: [0, 0, 1] });
});

test('a page that brings its process down costs itself and those after it their pictures, and nobody their words', async () => {
  const lines = '0 0 m 9 9 l S '.repeat(300_000);
  const pages = [{ text: 'Before' }, { text: `Heavy) Tj ET ${lines} BT (` }, { text: 'After' }];
  const pdf = await file('heavy.pdf', makePdf(pages));
  const handed: [number, string, boolean][] = [];
  const take = async ({ page, text, drawn }: PageOutput) => {
    handed.push([page, text, drawn !== null]);
  };
  await converter(64).renderPages(pdf, { first: 1, last: 3 }, take, new AbortController().signal);
  expect(handed).toEqual([
    [1, 'Before', true],
    [2, 'Heavy', false],
    [3, 'After', false],
  ]);
}, 90_000);

test('a locked PDF and one without sense are told apart', async () => {
  const locked = await file('locked.pdf', lockedPdf());
  expect(await converter().inspect(locked, 'application/pdf', noPicture)).toEqual({
    ok: false,
    failure: 'FILE_LOCKED',
  });
  const noise = await file('noise.pdf', Buffer.from('%PDF-1.7\nthis is all there is'));
  expect(await converter().inspect(noise, 'application/pdf', noPicture)).toEqual({
    ok: false,
    failure: 'FILE_DAMAGED',
  });
});

test('a picture is a document of one page; a picture cut short is damaged', async () => {
  const png = await sharp({ create: { width: 800, height: 400, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  let made = 0;
  const take = async () => {
    made++;
  };
  expect(await converter().inspect(await file('a.png', png), 'image/png', take)).toEqual({
    ok: true,
    pages: [[600, 300]],
  });
  expect(made).toBe(1);
  const cut = await file('b.png', png.subarray(0, png.length / 2));
  expect(await converter().inspect(cut, 'image/png', noPicture)).toEqual({
    ok: false,
    failure: 'FILE_DAMAGED',
  });
});
