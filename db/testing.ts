import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { connectDatabase, type Db } from './client';

/** Where the test run left its Postgres' address, and what it called the migrated database. */
export const testServerVariable = 'LECTERN_TEST_SERVER';
export const testTemplate = 'lectern_template';

export type TestDatabase = {
  url: string;
  db: Db;
  sql: postgres.Sql;
  /** Closes its connections and removes it. */
  drop(): Promise<void>;
};

/**
 * A new database with the newest schema and nothing in it, about 30 ms. One for each test file, made in `beforeAll` and
 * dropped in `afterAll`; or one for each test where tests would see each other's rows.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env[testServerVariable];
  if (!server) throw new Error('There is no test Postgres: run this with vitest.');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administrate(server, `create database ${name} template ${testTemplate}`);
  const url = server.replace(/[^/]*$/, name);
  const { db, sql } = connectDatabase(url);
  return {
    url,
    db,
    sql,
    drop: async () => {
      await sql.end({ timeout: 5 });
      await administrate(server, `drop database ${name} with (force)`);
    },
  };
}

async function administrate(server: string, statement: string): Promise<void> {
  const sql = postgres(server, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
