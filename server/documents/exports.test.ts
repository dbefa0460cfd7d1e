import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { documentPages, documents } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { lockedPdf, makePdf } from '@/e2e/fixtures/pdf';
import { type BoardRecord, pageBoardId } from '@/room/boards';
import { createWorkerAdapters, type WorkerAdapters } from '../adapters/worker';
import type { App } from '../app';
import { exportDocument } from '../jobs/document-export';
import { PgBoss } from 'pg-boss';
import { ask, enter, makeRoom, type RoomFixture, stroke } from '../rooms/rooms-fixture';
import { testApp } from '../testing';
import { askForExport, readExport } from './exports';
import { findExport } from './queries/exports';

// Other tests run beside these.
vi.setConfig({ testTimeout: 90_000 });

const run = promisify(execFile);
let database: TestDatabase;
let folder: string;
let app: App;
let adapters: WorkerAdapters;
let room: RoomFixture;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-exports-'));
  app = testApp(database, { LECTERN_STATE_DIR: folder });
  adapters = await createWorkerAdapters(app);
  const boss = new PgBoss({ connectionString: database.url });
  await boss.start();
  await boss.createQueue('document-export');
  await boss.stop();
  room = await makeRoom(database, app);
  for (const person of [room.teacher, room.student, room.other]) await enter(app, person);
  await ask(app, room.teacher, {
    type: 'defaults.set',
    payload: { rights: { draw: true, microphone: true, camera: true } },
  });
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** A document of the teacher's, open in the room. */
async function open(
  bytes: Buffer,
  pages: readonly [number, number][],
  type: 'application/pdf' | 'image/jpeg' = 'application/pdf',
): Promise<string> {
  const id = randomUUID();
  const storageKey = randomUUID();
  await adapters.storage.put(storageKey, Readable.from([bytes]));
  await database.db.insert(documents).values({
    id,
    ownerId: room.teacher.userId ?? '',
    name: 'Folien.pdf',
    mimeType: type,
    bytes: bytes.length,
    storageKey,
    pagesKey: type === 'application/pdf' ? storageKey : null,
    status: 'ready',
    pageCount: pages.length,
  });
  await database.db
    .insert(documentPages)
    .values(pages.map(([width, height], index) => ({ documentId: id, page: index + 1, width, height })));
  const opened = await ask(app, room.teacher, { type: 'document.open', payload: { documentId: id } });
  expect(opened.ok).toBe(true);
  return id;
}

async function draw(
  boardId: string,
  put: readonly BoardRecord[],
  who = room.teacher,
  layer = 'shared',
): Promise<void> {
  const answer = await ask(app, who, {
    type: 'board.change',
    payload: { boardId, layer, put: [...put], removed: [], stroke: null },
  });
  expect(answer).toMatchObject({ ok: true });
  expect(answer).not.toHaveProperty('refusedRecords');
}

const base = { typeName: 'shape', rotation: 0, parentId: 'page:page', isLocked: false, opacity: 1, meta: {} };

function text(id: string, words: string, at: { x: number; y: number } = { x: 20, y: 20 }): BoardRecord {
  const richText = {
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
  };
  const props = {
    color: 'red',
    size: 's',
    font: 'sans',
    textAlign: 'start',
    w: 100,
    autoSize: true,
    scale: 1,
  };
  return { ...base, ...at, id: `shape:${id}`, type: 'text', index: 'a2', props: { ...props, richText } };
}

async function make(
  request: Partial<Parameters<typeof askForExport>[2]>,
  who = room.teacher,
): Promise<{ exportId: string; file: Buffer }> {
  const whole = { documentId: null, boardId: null, page: null, layers: 'all' as const, ...request };
  const { exportId } = await askForExport(app, who, whole);
  await exportDocument({ app, adapters, signal: new AbortController().signal }, { exportId });
  const row = await findExport(app.db, exportId);
  if (!row?.storageKey) throw new Error(`no export: ${row?.failure}`);
  const parts = await adapters.storage.read(row.storageKey).toArray();
  return { exportId, file: Buffer.concat(parts as Buffer[]) };
}

async function tool(command: string, args: string[], file: Buffer): Promise<string> {
  const place = path.join(folder, `${randomUUID()}.pdf`);
  await writeFile(place, file);
  return (await run(command, [...args, place, ...(command === 'pdftotext' ? ['-'] : [])])).stdout;
}

/** How red a point of a page is, as drawn: page units from the top left corner. */
async function redAt(file: Buffer, page: number, x: number, y: number): Promise<boolean> {
  const place = path.join(folder, randomUUID());
  await writeFile(`${place}.pdf`, file);
  await run('pdftoppm', [
    '-r',
    '72',
    '-f',
    String(page),
    '-l',
    String(page),
    '-png',
    '-singlefile',
    `${place}.pdf`,
    place,
  ]);
  const { data, info } = await sharp(await readFile(`${place}.png`))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (Math.round(y) * info.width + Math.round(x)) * info.channels;
  const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
  return red > 180 && green < 90 && blue < 90;
}

/** A red block, 40 by 40, which is found again whatever the page does. */
function block(id: string, at: { x: number; y: number }): BoardRecord {
  const props = {
    geo: 'rectangle',
    w: 40,
    h: 40,
    growY: 0,
    align: 'middle',
    verticalAlign: 'middle',
    url: '',
    richText: { type: 'doc', content: [{ type: 'paragraph' }] },
    color: 'red',
    labelColor: 'black',
    fill: 'fill',
    dash: 'solid',
    size: 's',
    font: 'sans',
    scale: 1,
  };
  return { ...base, ...at, id: `shape:${id}`, type: 'geo', index: 'a1', props };
}

const GEOS = (
  'cloud rectangle ellipse triangle diamond pentagon hexagon octagon star rhombus rhombus-2 oval trapezoid ' +
  'arrow-right arrow-left arrow-up arrow-down x-box check-box heart'
).split(' ');

/** One of every kind of shape that a board may hold, each in a cell of its own of 80 by 80. */
function everyKind(): { records: BoardRecord[]; cells: { x: number; y: number }[] } {
  const cells: { x: number; y: number }[] = [];
  const at = () => {
    const cell = { x: 20 + (cells.length % 6) * 90, y: 20 + Math.floor(cells.length / 6) * 90 };
    cells.push(cell);
    return cell;
  };
  const wave = Array.from({ length: 30 }, (_, i) => ({ x: 2 * i, y: 30 + 20 * Math.sin(i / 4), z: 0.5 }));
  const lines = { color: 'red', size: 'm', scale: 1 };
  const strokes = { ...lines, segments: [{ type: 'free', points: wave }], isComplete: true, isPen: false };
  const of = (type: string, props: Record<string, unknown>, index: number): BoardRecord => ({
    ...base,
    ...at(),
    id: `shape:${type}${index}`,
    type,
    index: `a${String.fromCharCode(65 + index)}`,
    props,
  });
  const arrow = {
    ...lines,
    elbowMidPoint: 0.5,
    dash: 'draw',
    fill: 'none',
    labelColor: 'black',
    start: { x: 5, y: 5 },
    end: { x: 70, y: 60 },
    arrowheadStart: 'dot',
    arrowheadEnd: 'triangle',
    text: 'to',
    labelPosition: 0.5,
    font: 'sans',
  };
  const points = {
    a1: { id: 'a1', index: 'a1', x: 0, y: 0 },
    a2: { id: 'a2', index: 'a2', x: 60, y: 60 },
  };
  const note = { ...(text('n', 'Note').props as object), labelColor: 'black', fontSizeAdjustment: 0 };
  const { autoSize: _, w: __, textAlign: ___, ...ofNote } = note as Record<string, unknown>;
  const records = [
    ...GEOS.map((geo, index): BoardRecord => {
      const { props } = block('x', { x: 0, y: 0 });
      const fill = ['none', 'semi', 'solid', 'pattern', 'fill'][index % 5];
      const dash = ['draw', 'solid', 'dashed', 'dotted'][index % 4];
      return of('geo', { ...(props as object), geo, w: 70, h: 70, fill, dash }, index);
    }),
    of('draw', { ...strokes, fill: 'none', dash: 'draw', isClosed: false }, 0),
    of('draw', { ...strokes, fill: 'none', dash: 'dashed', isClosed: false }, 1),
    of('highlight', strokes, 0),
    of('line', { ...lines, dash: 'draw', spline: 'cubic', points }, 0),
    of('arrow', { ...arrow, kind: 'arc', bend: 0 }, 0),
    of('arrow', { ...arrow, kind: 'arc', bend: 20 }, 1),
    of('arrow', { ...arrow, kind: 'elbow', bend: 0 }, 2),
    of('text', text('t', 'Text').props as Record<string, unknown>, 0),
    of('note', { ...ofNote, scale: 0.35, align: 'middle', verticalAlign: 'middle', growY: 0, url: '' }, 0),
  ];
  return { records, cells };
}

// Each is written by a process of its own, which loads the whole of the board's drawing first.
describe('a PDF with marks', { timeout: 60_000 }, () => {
  test('has every kind of shape, where it was drawn', async () => {
    const { records, cells } = everyKind();
    const id = await open(makePdf([{ text: '' }]), [[595, 842]]);
    await draw(pageBoardId(id, 1), records);
    const { file } = await make({ documentId: id });
    const place = path.join(folder, `${randomUUID()}.pdf`);
    await writeFile(place, file);
    await run('pdftoppm', ['-r', '72', '-png', '-singlefile', place, place]);
    const { data, info } = await sharp(`${place}.png`)
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const inked = cells.map(({ x, y }) => {
      let pixels = 0;
      for (let row = y; row < y + 80; row += 1)
        for (let column = x; column < x + 80; column += 1)
          if ((data[row * info.width + column] ?? 255) < 235) pixels += 1;
      return pixels;
    });
    const missing = inked.flatMap((pixels, index) => (pixels > 40 ? [] : [records[index]?.id]));
    expect(missing).toEqual([]);
    expect(inked).toHaveLength(29);
  });

  test('has the file’s own bytes first, every word of it, no picture more, and the marks as vectors and as text', async () => {
    const original = makePdf([{ text: 'First' }, { text: 'Second' }, { text: 'Third' }]);
    const id = await open(original, [
      [595, 842],
      [595, 842],
      [595, 842],
    ]);
    await draw(pageBoardId(id, 2), [
      stroke('a'),
      block('b', { x: 100, y: 200 }),
      text('t', 'Übung — Упражнение'),
    ]);
    const { file } = await make({ documentId: id });
    expect(file.subarray(0, original.length).equals(original)).toBe(true);
    expect(await tool('qpdf', ['--check'], file)).toContain('No syntax or stream encoding errors');
    expect(await tool('pdfimages', ['-list'], file)).toBe(await tool('pdfimages', ['-list'], original));
    const words = (await tool('pdftotext', [], file)).split('\f').map((page) => page.trim());
    expect(words[0]).toBe('First');
    expect(words[1]?.split(/\n+/).toSorted()).toEqual(['Second', 'Übung — Упражнение']);
    expect(words[2]).toBe('Third');
    expect(await redAt(file, 2, 120, 220)).toBe(true);
    expect(await redAt(file, 1, 120, 220)).toBe(false);
  });

  test.each([0, 90, 180, 270])(
    'lies where it was drawn on a page that is turned by %i° and cropped',
    async (angle) => {
      const pdf = makePdf([{ width: 400, height: 300 }]).toString('latin1');
      const turned = pdf.replace(
        '/MediaBox [0 0 400 300]',
        `/MediaBox [-50 -20 400 300] /CropBox [0 0 400 300] /Rotate ${angle}`,
      );
      const place = path.join(folder, `${randomUUID()}.pdf`);
      await writeFile(place, Buffer.from(turned, 'latin1'));
      // What was edited by hand has its table of contents made anew.
      await run('qpdf', [place, `${place}.good`]).catch((error: { code: number }) =>
        expect(error.code).toBe(3),
      );
      const [width, height] = angle % 180 === 0 ? [400, 300] : [300, 400];
      const id = await open(await readFile(`${place}.good`), [[width, height]]);
      await draw(pageBoardId(id, 1), [block('b', { x: 200, y: 30 })]);
      const place2 = path.join(folder, `${randomUUID()}.pdf`);
      const { file } = await make({ documentId: id });
      await writeFile(place2, file);
      const picture = `${place2}-page`;
      await run('pdftoppm', ['-r', '72', '-cropbox', '-png', '-singlefile', place2, picture]);
      const { data, info } = await sharp(`${picture}.png`)
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([width, height]);
      const [red, green] = data.subarray((50 * info.width + 220) * info.channels);
      expect([red, green]).toEqual([
        expect.toSatisfy((value: number) => value > 180),
        expect.toSatisfy((value: number) => value < 90),
      ]);
    },
  );

  test('has the layers that were asked for, and nobody gets one that is not theirs', async () => {
    const id = await open(makePdf([{ text: 'Page' }]), [[595, 842]]);
    const board = pageBoardId(id, 1);
    await draw(board, [text('shared', 'Everyone')]);
    await draw(board, [text('sam', 'Sam alone', { x: 20, y: 90 })], room.student, room.student.id);
    await draw(board, [text('olu', 'Olu alone', { x: 20, y: 160 })], room.other, room.other.id);
    const wordsOf = async (layers: 'all' | string[], who = room.teacher) =>
      tool('pdftotext', [], (await make({ documentId: id, layers }, who)).file);
    expect(await wordsOf('all')).toMatch(/Everyone[^]*Sam alone[^]*Olu alone/);
    expect(await wordsOf(['shared'])).not.toContain('alone');
    const own = await wordsOf('all', room.student);
    expect(own).toContain('Sam alone');
    expect(own).not.toContain('Olu');
    const others = { documentId: id, boardId: null, page: null, layers: [room.other.id] };
    await expect(askForExport(app, room.student, others)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    const { exportId } = await askForExport(app, room.teacher, others);
    await expect(readExport(app, room.student, exportId, Date.now())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('is the same for a second request, until something is drawn', async () => {
    const id = await open(makePdf([{ text: 'Page' }]), [[595, 842]]);
    const request = { documentId: id, boardId: null, page: null, layers: ['shared'] };
    await draw(pageBoardId(id, 1), [stroke('a')]);
    const first = await make(request);
    expect(await askForExport(app, room.teacher, request)).toEqual({ exportId: first.exportId });
    expect(await askForExport(app, room.student, request)).toEqual({ exportId: first.exportId });
    const read = await readExport(app, room.student, first.exportId, Date.now());
    expect(read).toMatchObject({ status: 'ready', url: expect.stringContaining('n=Folien.pdf') });
    await draw(pageBoardId(id, 1), [stroke('b')]);
    expect(await askForExport(app, room.teacher, request)).not.toEqual({ exportId: first.exportId });
  });

  test('of a file that cannot be written on says so', async () => {
    for (const [bytes, failure] of [
      [lockedPdf(), 'FILE_LOCKED'],
      [Buffer.from('%PDF-1.7\nnothing of a document\n%%EOF'), 'FILE_DAMAGED'],
    ] as const) {
      const id = await open(bytes, [[595, 842]]);
      await draw(pageBoardId(id, 1), [stroke('a')]);
      const { exportId } = await askForExport(app, room.teacher, {
        documentId: id,
        boardId: null,
        page: null,
        layers: 'all',
      });
      await exportDocument({ app, adapters, signal: new AbortController().signal }, { exportId });
      expect(await readExport(app, room.teacher, exportId, Date.now())).toEqual({
        status: 'failed',
        failure,
      });
    }
  });

  test('of a file that is locked against changes only, opens and has both', async () => {
    const plain = path.join(folder, `${randomUUID()}.pdf`);
    await writeFile(plain, makePdf([{ text: 'Page' }]));
    await run('qpdf', ['--encrypt', '', 'owner', '256', '--', plain, `${plain}.locked`]);
    const id = await open(await readFile(`${plain}.locked`), [[595, 842]]);
    await draw(pageBoardId(id, 1), [text('t', 'Mark')]);
    const words = await tool('pdftotext', [], (await make({ documentId: id })).file);
    expect(words).toMatch(/Mark[^]*Page/);
  });
});

test('a page’s picture shows page and marks', async () => {
  const id = await open(makePdf([{ colour: [0, 0, 1] }]), [[595, 842]]);
  await draw(pageBoardId(id, 1), [block('b', { x: 100, y: 200 })]);
  const { file } = await make({ documentId: id, page: 1 });
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const scale = info.width / 595;
  const colour = (x: number, y: number) => {
    const at = (Math.round(y * scale) * info.width + Math.round(x * scale)) * info.channels;
    return [...data.subarray(at, at + 3)].map((value) => value > 127);
  };
  expect(info.width).toBe(2400);
  expect(colour(120, 220)).toEqual([true, false, false]);
  expect(colour(300, 220)).toEqual([false, false, true]);
});

test('a picture and a blank board become a page of their own size', async () => {
  const picture = await sharp({ create: { width: 400, height: 200, channels: 3, background: '#00f' } })
    .jpeg()
    .toBuffer();
  const id = await open(picture, [[300, 150]], 'image/jpeg');
  await draw(pageBoardId(id, 1), [block('b', { x: 100, y: 50 })]);
  const { file } = await make({ documentId: id });
  expect(await tool('pdfinfo', [], file)).toContain('300 x 150 pts');
  expect(await redAt(file, 1, 120, 70)).toBe(true);

  const boardId = `board:${randomUUID()}`;
  await ask(app, room.teacher, { type: 'board.open', payload: { boardId, title: 'Sketch' } });
  await draw(boardId, [text('t', 'On paper')]);
  const board = await make({ boardId });
  expect(await tool('pdfinfo', [], board.file)).toContain('1280 x 800 pts');
  expect(await tool('pdftotext', [], board.file)).toContain('On paper');
});
