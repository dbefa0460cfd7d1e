import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connectDatabase } from './client';
import { createTestDatabase, type TestDatabase } from './testing';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a pool whose connections break in the middle of transactions answers again, each of them', async () => {
  const size = 4;
  const { sql } = connectDatabase(database.url, size);
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  process.on('uncaughtException', note);
  const everyConnection = () => Promise.all(Array.from({ length: size }, () => sql`select pg_sleep(0.02)`));
  try {
    for (let round = 0; round < 8; round += 1) {
      await everyConnection();
      const begun: Promise<void>[] = [];
      const transactions = Array.from({ length: size }, () => {
        const { promise, resolve } = Promise.withResolvers<void>();
        begun.push(promise);
        return sql.begin(async (tx) => {
          for (;;) {
            await tx`select 1`;
            resolve();
          }
        });
      });
      const ends = Promise.allSettled(transactions);
      await Promise.all(begun);
      await database.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`;
      expect((await ends).map(({ status }) => status)).toEqual(begun.map(() => 'rejected'));
    }
    await everyConnection();
    expect(uncaught).toEqual([]);
  } finally {
    process.off('uncaughtException', note);
    await sql.end({ timeout: 1 });
  }
});

test('a database that was away for long is back for everybody soon after it is, also for who listens', async () => {
  const { port, hostname } = new URL(database.url);
  const carried = new Set<Socket>();
  const line = createServer((socket) => {
    const beyond = connect(Number(port), hostname);
    for (const [one, other] of [
      [socket, beyond],
      [beyond, socket],
    ] as const) {
      carried.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  line.listen(0, '127.0.0.1');
  await once(line, 'listening');
  const there = line.address() as AddressInfo;
  const { sql } = connectDatabase(database.url.replace(`:${port}/`, `:${there.port}/`), 4);
  const heard = vi.fn<(payload: string) => void>();
  try {
    await sql.listen('news', heard);
    line.close();
    for (const socket of carried) socket.destroy();
    // Each refused connection makes the next one wait longer: here all at once, as in a process that many ask.
    for (let tries = 0; tries < 3; tries += 1)
      await Promise.allSettled(Array.from({ length: 4 }, () => sql`select 1`));
    line.listen(there.port, '127.0.0.1');
    await once(line, 'listening');
    await Promise.all(Array.from({ length: 4 }, () => sql`select 1`));
    await vi.waitFor(
      async () => {
        await database.sql`select pg_notify('news', 'it is back')`;
        expect(heard).toHaveBeenCalledWith('it is back');
      },
      { timeout: 4000, interval: 100 },
    );
  } finally {
    await sql.end({ timeout: 1 });
    line.close();
  }
});
