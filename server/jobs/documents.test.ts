import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { makeDocx, slowSpreadsheet } from '@/e2e/fixtures/office';
import { lockedPdf, makePdf } from '@/e2e/fixtures/pdf';
import { localStorage } from '../adapters/storage/local';
import type { Storage } from '../adapters/storage/port';
import { createWorkerAdapters } from '../adapters/worker';
import type { App } from '../app';
import { readStates } from '../documents/library';
import { findDocument, keysOf, listPages, retryDocument } from '../documents/service';
import { createUser } from '../identity/service';
import { testApp } from '../testing';
import { processesBelow, startWorkerProcess, workerOf } from '../worker-fixture';
import { dropFiles } from './files-drop';
import { addDocument } from './jobs-fixture';
import { startJobs } from './worker';

let database: TestDatabase;
let folder: string;
let app: App;
let ownerId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-jobs-'));
  app = testApp(database, { LECTERN_STATE_DIR: folder });
  const person = { email: 'mara@example.test', name: 'Mara', password: 'correct horse battery' };
  ownerId = (await createUser(app, person)).id;
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const storage = () => localStorage(path.join(folder, 'files'));

async function settled(id: string, timeout: number) {
  return vi.waitFor(
    async () => {
      const document = await findDocument(app.db, id);
      expect(document).toMatchObject({ status: expect.stringMatching(/ready|failed/) });
      expect(document?.pagesDone).toBe(document?.pagesTotal);
      if (!document) throw new Error('It is gone');
      return document;
    },
    { timeout, interval: 100 },
  );
}

/** Names of all files that the storage holds. */
async function stored(): Promise<string[]> {
  const names = await readdir(path.join(folder, 'files'), { recursive: true, withFileTypes: true });
  return names.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

test('a worker that is killed in the middle leaves no process and half a file; another one ends the job', async () => {
  const workers = await Promise.all([1, 2].map(() => startWorkerProcess(database.url, folder)));
  try {
    const id = await addDocument(app, storage(), ownerId, {
      name: 'Slow.ods',
      bytes: await slowSpreadsheet(500),
    });
    const office = () => processesBelow(folder).filter(({ command }) => command.includes('soffice'));
    await vi.waitFor(() => expect(office()).not.toEqual([]), { timeout: 30_000, interval: 50 });
    const killed = workerOf(
      office().map(({ pid }) => pid),
      workers,
    );
    killed.child.kill('SIGKILL');
    await killed.ended;
    // Nobody is left to end them: they end by themselves.
    await vi.waitFor(() => expect(office()).toEqual([]), { timeout: 5_000, interval: 50 });
    expect(await findDocument(app.db, id)).toMatchObject({ status: 'converting', pagesKey: null });

    const document = await settled(id, 150_000);
    expect(document).toMatchObject({ status: 'ready', failure: null });
    const pages = await listPages(app.db, id);
    expect(pages).toHaveLength(document.pageCount);
    const known = [
      document.storageKey,
      document.pagesKey,
      ...pages.flatMap((page) => [page.imageKey, page.thumbnailKey]),
    ];
    expect((await stored()).sort()).toEqual(known.map(String).sort());
    expect(new Set(known).size).toBe(known.length);
    expect(keysOf(document, pages)).toHaveLength(known.length);
  } finally {
    for (const { child } of workers) child.kill('SIGKILL');
    await Promise.all(workers.map(({ ended }) => ended));
  }
}, 240_000);

test('a second conversion waits its turn, and its owner sees its place', async () => {
  const adapters = await createWorkerAdapters(app);
  const jobs = await startJobs(app, adapters);
  try {
    const slow = await addDocument(app, adapters.storage, ownerId, {
      name: 'Slow.ods',
      bytes: await slowSpreadsheet(500),
    });
    const second = await addDocument(app, adapters.storage, ownerId, {
      name: 'Second.docx',
      bytes: await makeDocx(),
    });
    await vi.waitFor(
      async () => {
        const { documents } = await readStates(app, ownerId, [slow, second], Date.now());
        const found = Object.fromEntries(documents.map(({ id, status, ahead }) => [id, [status, ahead]]));
        expect(found).toEqual({ [slow]: ['converting', 0], [second]: ['converting', 1] });
      },
      { timeout: 60_000, interval: 50 },
    );
    for (const id of [slow, second]) expect(await settled(id, 150_000)).toMatchObject({ status: 'ready' });
  } finally {
    await jobs.stop();
  }
}, 240_000);

test('a full disk ends a conversion with its reason and without half a document; with room again it can be retried', async () => {
  const adapters = await createWorkerAdapters(app);
  let full = true;
  const disk: Storage = {
    ...adapters.storage,
    // The kernel's own answer to who writes on a disk without room.
    put: async (key, source) => {
      if (full) await writeFile('/dev/full', 'x');
      return adapters.storage.put(key, source);
    },
  };
  const jobs = await startJobs(app, { ...adapters, storage: disk });
  try {
    const before = new Set(await stored());
    const ids = [
      await addDocument(app, adapters.storage, ownerId, { name: 'a.pdf', bytes: makePdf([{}, {}]) }),
      await addDocument(app, adapters.storage, ownerId, { name: 'b.docx', bytes: await makeDocx() }),
    ];
    for (const id of ids) {
      expect(await settled(id, 60_000)).toMatchObject({
        status: 'failed',
        failure: 'STORAGE_FULL',
        pageCount: 0,
      });
      expect(await listPages(app.db, id)).toEqual([]);
    }
    const added = (await stored()).filter((name) => !before.has(name));
    expect(added.sort()).toEqual([...ids].sort());
    full = false;
    for (const id of ids) await retryDocument(app, id, ownerId);
    for (const id of ids) expect(await settled(id, 60_000)).toMatchObject({ status: 'ready', failure: null });
  } finally {
    await jobs.stop();
  }
}, 180_000);

test('a file that takes another’s place is shown once it is good, and what was drawn from the other goes; a bad one changes nothing', async () => {
  const adapters = await createWorkerAdapters(app);
  const jobs = await startJobs(app, adapters);
  try {
    const add = (name: string, bytes: Uint8Array, replaces?: string) =>
      addDocument(app, adapters.storage, ownerId, { name, bytes, replaces });
    const id = await add('first.pdf', makePdf([{}, {}, {}]));
    const first = await settled(id, 60_000);
    const old = keysOf(first, await listPages(app.db, id));
    expect(first).toMatchObject({ status: 'ready', pageCount: 3, version: 1 });

    expect(await add('locked.pdf', lockedPdf(), id)).toBe(id);
    const refused = await settled(id, 60_000);
    expect(refused).toMatchObject({ status: 'ready', failure: 'FILE_LOCKED', pageCount: 3, version: 1 });
    expect(keysOf(refused, await listPages(app.db, id))).toEqual(old);

    expect(await add('second.docx', await makeDocx({ words: 'Second' }), id)).toBe(id);
    const second = await settled(id, 60_000);
    const pages = await listPages(app.db, id);
    expect(second).toMatchObject({
      status: 'ready',
      failure: null,
      pageCount: 1,
      version: 2,
      replacement: null,
    });
    expect(pages.map(({ text }) => text?.trim())).toEqual(['Second']);
    // They stay a minute for who is still looking at them. Nobody is here: what is asked for then is done now.
    expect(await stored()).toContain(first.storageKey);
    const asked = await app.sql<{ data: { keys: string[] } }[]>`
      select data from pgboss.job where name = 'files-drop' and data->'keys' ? ${first.storageKey}`;
    expect(asked).toHaveLength(1);
    const context = { app, adapters, signal: new AbortController().signal };
    for (const { data } of asked) await dropFiles(context, data);
    const there = await stored();
    expect(there.filter((key) => old.includes(key))).toEqual([]);
    for (const key of [second.storageKey, second.pagesKey, pages[0]?.imageKey]) expect(there).toContain(key);
  } finally {
    await jobs.stop();
  }
}, 180_000);
