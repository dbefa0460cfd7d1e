import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { startWorkerProcess } from './worker-fixture';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-worker-'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

test('the worker answers when it is ready, and asked to stop it ends by itself', async () => {
  const { child, health, ended } = await startWorkerProcess(database.url, folder);
  // A browser's connection that is kept alive must not keep the worker alive.
  await health();
  child.kill('SIGTERM');
  // 1 would mean that it was cut off after its nine seconds.
  expect(await ended).toEqual([0, null]);
  await expect(health()).rejects.toThrow();
}, 90_000);
