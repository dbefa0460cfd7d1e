import { afterAll, beforeAll, expect, test } from 'vitest';
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
