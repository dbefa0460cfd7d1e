import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { connectDatabase } from '../../../db/client';
import { documentPages, documents, users } from '../../../db/schema';
import { pageBoardId } from '../../../room/boards';
import { strokeRecord } from '../../../room/stroke-fixture';
import { localStorage } from '../../../server/adapters/storage/local';
import { type Actor, signUpActor } from '../../actor';
import type { Stack } from '../../stack/stack';
import type { Section } from './sections';

const PAGES = 100;
const STROKES = 20;
const A4: [number, number] = [595, 842];
const run = promisify(execFile);

/** A book of 100 pages and 20 MB with 20 strokes on each page, as a PDF with marks: from being asked for until it can be fetched. */
export const measureExport: Section = async (stack) => {
  const teacher = await signUpActor(stack.appUrl, 'Mara Lindt');
  const course = await teacher.trpc.courses.create.mutate({ title: 'Export', description: '' });
  const { opening } = await teacher.trpc.classroom.open.query({ slug: course.roomSlug });
  const original = await makeBook();
  const documentId = await store(stack, teacher.email, original);
  await annotate(teacher, opening.roomId, documentId);

  const started = performance.now();
  const room = { roomId: opening.roomId };
  const { exportId } = await teacher.trpc.exports.ask.mutate({ ...room, documentId, layers: 'all' });
  let url: string | null = null;
  while (url === null) {
    const state = await teacher.trpc.exports.read.query({ ...room, exportId });
    if (state.status === 'failed') throw new Error(`the export failed: ${state.failure}`);
    if (state.status === 'ready') url = state.url;
    else await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const exportMs = performance.now() - started;
  const made = Buffer.from(await (await fetch(url)).arrayBuffer());
  for (const command of ['pdfimages', 'pdftotext'] as const) {
    if ((await tell(command, made)) !== (await tell(command, original)))
      throw new Error(`${command} tells the export from its original`);
  }
  return { exportMs };
};

/** Pictures that do not compress, as photographs, and a line of text on each page. */
async function makeBook(): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let number = 1; number <= PAGES; number += 1) {
    const page = pdf.addPage(A4);
    const raw = { width: 375, height: 375, channels: 3 as const };
    const noise = await sharp(randomBytes(375 * 375 * 3), { raw })
      .jpeg({ quality: 100 })
      .toBuffer();
    page.drawImage(await pdf.embedJpg(noise), { x: 50, y: 300, width: 400, height: 400 });
    page.drawText(`This is page ${number}.`, { x: 50, y: 200, size: 20, font });
  }
  return Buffer.from(await pdf.save());
}

async function store(stack: Stack, email: string, bytes: Buffer): Promise<string> {
  const { db, sql } = connectDatabase(stack.databaseUrl, 1);
  const [owner] = await db.select({ id: users.id }).from(users).where(eq(users.email, email));
  const documentId = randomUUID();
  const key = randomUUID();
  await localStorage(path.join(stack.env.LECTERN_STATE_DIR ?? '', 'files')).put(key, Readable.from([bytes]));
  await db.insert(documents).values({
    id: documentId,
    ownerId: owner?.id ?? '',
    name: 'Book.pdf',
    mimeType: 'application/pdf',
    bytes: bytes.length,
    storageKey: key,
    pagesKey: key,
    pagesBytes: bytes.length,
    status: 'ready',
    pageCount: PAGES,
  });
  await db.insert(documentPages).values(
    Array.from({ length: PAGES }, (_, index) => ({
      documentId,
      page: index + 1,
      width: A4[0],
      height: A4[1],
    })),
  );
  await sql.end();
  return documentId;
}

async function annotate(teacher: Actor, roomId: string, documentId: string): Promise<void> {
  const send = (commands: { id: string; type: string; payload: unknown }[]) =>
    teacher.trpc.rooms.send.mutate({ roomId, commands });
  await send([{ id: randomUUID(), type: 'document.open', payload: { documentId } }]);
  for (let page = 1; page <= PAGES; page += 1) {
    const put = Array.from({ length: STROKES }, (_, index) =>
      strokeRecord(
        `shape:${page}-${index}`,
        { x: 40 + (index % 5) * 100, y: 40 + Math.floor(index / 5) * 180 },
        Array.from({ length: 100 }, (_point, at) => ({ x: at, y: Math.sin(at / 6) * 40, z: 0.5 })),
      ),
    );
    const payload = {
      boardId: pageBoardId(documentId, page),
      layer: 'shared',
      put,
      removed: [],
      stroke: null,
    };
    const { results } = await send([{ id: randomUUID(), type: 'board.change', payload }]);
    if (!results.every(({ ok }) => ok)) throw new Error(`page ${page} was not drawn on`);
  }
}

async function tell(command: 'pdfimages' | 'pdftotext', bytes: Buffer): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lectern-bench-'));
  const file = path.join(folder, 'book.pdf');
  try {
    await writeFile(file, bytes);
    if (command === 'pdfimages') return (await run('pdfimages', ['-list', file])).stdout;
    await run('pdftotext', [file, `${file}.txt`]);
    return await readFile(`${file}.txt`, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
