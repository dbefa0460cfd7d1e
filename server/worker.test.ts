import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';

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

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

test('the worker answers when it is ready, and asked to stop it ends by itself', async () => {
  const port = await freePort();
  const worker = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=react-server', 'server/worker.ts'],
    {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        DATABASE_URL: database.url,
        LECTERN_SECRET: 'a secret that only this test knows, 32+',
        LECTERN_STATE_DIR: folder,
        LECTERN_URL: 'http://localhost:1',
        LECTERN_FILES_URL: `http://127.0.0.1:${port}`,
        LIVEKIT_URL: 'ws://127.0.0.1:1',
        LIVEKIT_API_KEY: 'none',
        LIVEKIT_API_SECRET: 'a secret that only this test knows, 32+',
      },
      stdio: 'ignore',
    },
  );
  const ended = once(worker, 'exit');
  const health = () => fetch(`http://127.0.0.1:${port}/health`);
  // A browser's connection that is kept alive must not keep the worker alive.
  await vi.waitFor(async () => expect((await health()).status).toBe(200), { timeout: 60_000, interval: 200 });
  worker.kill('SIGTERM');
  // 1 would mean that it was cut off after its nine seconds.
  expect(await ended).toEqual([0, null]);
  await expect(health()).rejects.toThrow();
}, 90_000);
