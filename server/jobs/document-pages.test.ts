import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentPages } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { cutPdf, makePdf } from '@/e2e/fixtures/pdf';
import { createWorkerAdapters } from '../adapters/worker';
import { insertDocument } from '../documents/queries';
import { findDocument, findWords, listPages } from '../documents/service';
import { createUser } from '../identity/service';
import { testApp } from '../testing';
import { drawDocumentPages } from './document-pages';
import type { JobContext } from './worker';

let database: TestDatabase;
let folder: string;
let context: JobContext;
let ownerId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-pages-'));
  const app = testApp(database, { LECTERN_STATE_DIR: folder });
  context = { app, adapters: await createWorkerAdapters(app), signal: new AbortController().signal };
  const person = { email: 'mara@example.test', name: 'Mara', password: 'correct horse battery' };
  ownerId = (await createUser(app, person)).id;
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** A document whose pages are known, and of which nothing has been drawn or read. */
async function undrawn(pdf: Buffer, pageCount: number): Promise<string> {
  const id = randomUUID();
  await context.adapters.storage.put(id, Readable.from([pdf]));
  await insertDocument(database.db, {
    ...{ id, ownerId, name: 'Optics.pdf', mimeType: 'application/pdf', bytes: pdf.length },
    ...{ storageKey: id, pagesKey: id, pagesBytes: pdf.length, status: 'ready', pageCount },
  });
  const sizes = Array.from({ length: pageCount }, (_, index) => ({
    page: index + 1,
    width: 595,
    height: 842,
  }));
  await database.db.insert(documentPages).values(sizes.map((size) => ({ documentId: id, ...size })));
  return id;
}

test('what is found in a document is all there is once each page was tried', async () => {
  const id = await undrawn(makePdf([{ text: 'moon' }, { text: 'sun' }]), 2);
  expect(await findWords(context.app, id, 'moon')).toEqual({ pages: [], complete: false });
  await drawDocumentPages(context, { documentId: id });
  expect(await findWords(context.app, id, 'moon')).toEqual({ pages: [{ page: 1, hits: 1 }], complete: true });
});

test('a page that cannot be drawn nor read does not keep finding open for ever', async () => {
  const id = await undrawn(cutPdf(), 3);
  await drawDocumentPages(context, { documentId: id });
  expect(await findWords(context.app, id, 'moon')).toEqual({ pages: [], complete: true });
  expect((await listPages(database.db, id)).map(({ imageKey, text }) => [imageKey, text])).not.toContainEqual(
    [null, null],
  );
  expect(await findDocument(database.db, id)).toMatchObject({ status: 'ready', pagesDone: 3 });
});
