import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { createWorkerAdapters, type WorkerAdapters } from '../adapters/worker';
import type { App } from '../app';
import { testApp } from '../testing';
import { enqueue } from './queue';
import { startJobs } from './worker';

let database: TestDatabase;
let folder: string;
let app: App;
let adapters: WorkerAdapters;
let jobs: Awaited<ReturnType<typeof startJobs>>;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-queue-'));
  app = testApp(database, { LECTERN_STATE_DIR: folder });
  adapters = await createWorkerAdapters(app);
  jobs = await startJobs(app, adapters);
});
afterAll(async () => {
  await jobs.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** What jobs of the quickest kind have to do: a file each, that is gone when its job is done. */
async function filesToDrop(count: number): Promise<string[]> {
  const keys = Array.from({ length: count }, () => randomUUID());
  for (const key of keys) await adapters.storage.put(key, Readable.from([Buffer.from('unwanted')]));
  return keys;
}
async function left(keys: readonly string[]): Promise<number> {
  const sizes = await Promise.all(keys.map((key) => adapters.storage.size(key)));
  return sizes.filter((size) => size !== null).length;
}
/** Shorter than the queue's own pause between two looks. */
const SOON = { timeout: 20_000, interval: 50 };

test('jobs that wait for the same worker are done one after the other, without a pause between them', async () => {
  const keys = await filesToDrop(6);
  await app.db.transaction(async (tx) => {
    for (const key of keys) await enqueue(app, tx, 'files-drop', { keys: [key] });
  });
  await vi.waitFor(async () => expect(await left(keys)).toBe(0), SOON);
}, 40_000);

test('a job of which nobody hears is found: one that is due later, or whose message was lost', async () => {
  const keys = await filesToDrop(1);
  await enqueue(app, app.db, 'files-drop', { keys }, { afterSeconds: 2 });
  await vi.waitFor(async () => expect(await left(keys)).toBe(0), SOON);
}, 40_000);
