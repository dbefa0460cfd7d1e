import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PgBoss } from 'pg-boss';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { readHealth } from './health';
import { testApp } from './testing';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

/** A port that nothing listens on. */
const NOWHERE = 'ws://127.0.0.1:9';

const states = async (app: Parameters<typeof readHealth>[0]) => {
  const { ready, parts } = await readHealth(app);
  return { ready, database: parts.database.state, livekit: parts.livekit.state, queue: parts.queue.state };
};

it('is ready with its database, though voice, video and jobs are away', async () => {
  const app = testApp(database, { LIVEKIT_URL: NOWHERE });
  expect(await states(app)).toEqual({ ready: true, database: 'ok', livekit: 'away', queue: 'away' });
});

it('is alive and not ready without its database', async () => {
  const app = testApp(database, { LIVEKIT_URL: NOWHERE });
  await database.sql.end();
  expect(await states(app)).toEqual({ ready: false, database: 'away', livekit: 'away', queue: 'away' });
});

it('sees the queue as long as a worker is connected, and a media server that answers', async () => {
  const media = createServer((_request, response) => response.end('OK'));
  await new Promise<void>((resolve) => media.listen(0, '127.0.0.1', resolve));
  const { port } = media.address() as AddressInfo;
  const app = testApp(database, { LIVEKIT_URL: `ws://127.0.0.1:${port}` });
  const boss = new PgBoss({ connectionString: database.url, max: 2 });
  try {
    await boss.start();
    expect(await states(app)).toEqual({ ready: true, database: 'ok', livekit: 'ok', queue: 'ok' });
    await boss.stop({ graceful: false });
    await expect.poll(async () => (await states(app)).queue).toBe('away');
  } finally {
    await new Promise((resolve) => media.close(resolve));
  }
});
