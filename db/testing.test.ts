import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from './testing';

let one: TestDatabase;
let other: TestDatabase;

beforeAll(async () => {
  [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});
afterAll(async () => {
  await Promise.all([one.drop(), other.drop()]);
});

test('a test database has the schema', async () => {
  const [row] = await one.db.execute(sql`select to_regclass('rooms')::text as rooms`);
  expect(row).toEqual({ rooms: 'rooms' });
});

test('what one test database holds, another does not', async () => {
  await one.db.execute(sql`create table only_here (id int)`);
  const [row] = await other.db.execute(sql`select to_regclass('only_here') as found`);
  expect(row).toEqual({ found: null });
});
