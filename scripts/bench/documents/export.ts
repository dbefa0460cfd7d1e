import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { pageBoardId } from '../../../room/boards';
import { strokeRecord } from '../../../room/stroke-fixture';
import { type Actor, signUpActor } from '../../actor';
import { storeDocument } from '../../store-document';
import { BOOK_PAGES, makeBook } from './book';
import type { Section } from '../run-sections';

const STROKES = 20;
const run = promisify(execFile);

/** A book of 100 pages and 20 MB with 20 strokes on each page, as a PDF with marks: from being asked for until it can be fetched. */
export const measureExport: Section = async (stack) => {
  const teacher = await signUpActor(stack.appUrl, 'Mara Lindt');
  const course = await teacher.trpc.courses.create.mutate({ title: 'Export', description: '' });
  const { opening } = await teacher.trpc.classroom.open.query({ slug: course.roomSlug });
  const original = await makeBook();
  const documentId = await storeDocument(stack.env, teacher.email, {
    name: 'Book.pdf',
    bytes: original,
    pageCount: BOOK_PAGES,
  });
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

async function annotate(teacher: Actor, roomId: string, documentId: string): Promise<void> {
  const send = (commands: { id: string; type: string; payload: unknown }[]) =>
    teacher.trpc.rooms.send.mutate({ roomId, commands });
  await send([{ id: randomUUID(), type: 'document.open', payload: { documentId } }]);
  for (let page = 1; page <= BOOK_PAGES; page += 1) {
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
