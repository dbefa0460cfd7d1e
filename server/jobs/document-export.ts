import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pageBoardId } from '@/room/boards';
import type { MarkedPage, MarksJob } from '../adapters/convert/export/marks-job';
import type { App } from '../app';
import * as documents from '../documents/service';
import { listLayers, readLayer } from '../rooms/service';
import type { JobContext, JobHandler } from './worker';

/** A blank board's paper, in page units (components/stage/board-on-stage.tsx). */
const PAPER = { width: 1280, height: 800 };
/** Pixels across a page's picture. */
const PICTURE_WIDTH = 2400;

type Base = { kind: MarksJob['base']; key: string | null; sizes: Map<number, MarkedPage['size']> };

/** Writes the marks over a document's pages. What the file itself makes impossible is told, and not tried again. */
export const exportDocument: JobHandler<'document-export'> = async (context, { exportId }) => {
  const { app, signal } = context;
  const row = await documents.findExport(app.db, exportId);
  if (row?.status !== 'waiting') return;
  try {
    const base = await baseOf(app, row);
    const failure = base ? await write(context, row, base) : 'NOT_FOUND';
    if (failure) await documents.updateExport(app.db, exportId, { status: 'failed', failure });
  } catch (error) {
    // Cut off by a shutdown: the queue tries it again.
    if (signal.aborted) throw error;
    app.log.error({ err: error, exportId }, 'export failed');
    await documents.updateExport(app.db, exportId, { status: 'failed', failure: 'INTERNAL' });
  }
};

async function baseOf(app: App, { documentId }: documents.ExportRow): Promise<Base | null> {
  if (documentId === null) return { kind: 'blank', key: null, sizes: new Map([[1, PAPER]]) };
  const document = await documents.findDocument(app.db, documentId);
  if (!document || document.pageCount < 1) return null;
  const pages = await documents.listPages(app.db, documentId);
  const sizes = new Map(pages.map(({ page, width, height }) => [page, { width, height }]));
  return document.pagesKey
    ? { kind: 'pdf', key: document.pagesKey, sizes }
    : { kind: 'picture', key: document.storageKey, sizes };
}

async function write(context: JobContext, row: documents.ExportRow, base: Base): Promise<string | null> {
  const { app, adapters, signal } = context;
  const { storage, markWriter } = adapters;
  const pages = await markedPages(app, row, base);
  await documents.updateExport(app.db, row.id, { pagesDone: 0, pagesTotal: pages.length });
  const copy = await copyOf(context, base.key);
  const noted: Promise<void>[] = [];
  const picture = row.page === null ? null : { page: row.page, width: PICTURE_WIDTH };
  try {
    return await markWriter.write(
      copy,
      { base: base.kind, pages, picture },
      (done, total) => {
        // Twenty steps are enough for whoever waits.
        if (done % Math.ceil(total / 20) === 0)
          noted.push(documents.updateExport(app.db, row.id, { pagesDone: done }));
      },
      async ({ output, appended }) => {
        await Promise.all(noted);
        const storageKey = app.newId();
        const before = appended && base.key ? [storage.read(base.key)] : [];
        await storage.put(storageKey, oneAfterTheOther([...before, createReadStream(output)]));
        await documents.updateExport(app.db, row.id, { status: 'ready', storageKey });
      },
      signal,
    );
  } finally {
    await Promise.all(noted);
    if (copy) await rm(copy, { force: true });
  }
}

/** The pages that have marks in the layers that were asked for. A paper, and a page's picture, are there without any. */
async function markedPages(app: App, row: documents.ExportRow, base: Base): Promise<MarkedPage[]> {
  const { documentId, boardId, page, layers, roomId } = row;
  const numbers = page === null ? [...base.sizes.keys()] : [page];
  const idOf = (number: number) => (documentId ? pageBoardId(documentId, number) : (boardId ?? ''));
  const marked = await listLayers(app, roomId, numbers.map(idOf));
  const pages: MarkedPage[] = [];
  for (const number of numbers) {
    const there: MarkedPage['layers'][number][] = [];
    for (const name of layers) {
      const layer = marked.find((one) => one.boardId === idOf(number) && one.layer === name);
      const records = layer ? await readLayer(app, roomId, layer) : [];
      if (records.length > 0) there.push({ name, records });
    }
    if (there.length > 0 || base.kind !== 'pdf')
      pages.push({ page: number, size: base.sizes.get(number) ?? null, layers: there });
  }
  return pages;
}

async function copyOf({ app, adapters }: JobContext, key: string | null): Promise<string | null> {
  if (key === null) return null;
  const work = path.join(app.env.LECTERN_STATE_DIR, 'work');
  await mkdir(work, { recursive: true, mode: 0o700 });
  const copy = path.join(work, app.newId());
  await adapters.storage.download(key, copy);
  return copy;
}

async function* oneAfterTheOther(parts: readonly Readable[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield* part as AsyncIterable<Uint8Array>;
}
