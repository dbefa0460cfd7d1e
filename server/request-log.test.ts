import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq, sql } from 'drizzle-orm';
import pino from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { connectDatabase } from '@/db/client';
import { users } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { logRequests, noteQuery } from './request-log';

type Line = {
  path: string;
  queries: number;
  queryMs: number;
  statements: { ms: number; statement: string }[];
};

let database: TestDatabase;
const lines: Line[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  logRequests(
    pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line) as Line) }),
  );
});
afterAll(() => database.drop());

it('writes a line for each request, with its own statements and their times, and no parameters', async () => {
  const { db, sql: client } = connectDatabase(database.url, 4, noteQuery);
  const server = createServer((request, response) => {
    const work = request.url?.startsWith('/join')
      ? db.transaction(async (tx) => {
          await tx.select().from(users).where(eq(users.email, 'secret@example.org'));
          await tx.transaction((inner) => inner.execute(sql`select pg_sleep(0.02)`));
        })
      : db.select().from(users);
    void Promise.resolve(work).then(() => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await db.select().from(users);
    await Promise.all(
      ['/join/a-secret-token-of-a-link?token=abc', '/one', '/_next/static/a.js'].map((path) =>
        fetch(url + path),
      ),
    );
    await vi.waitFor(() => expect(lines).toHaveLength(2));
  } finally {
    await client.end();
    await new Promise((resolve) => server.close(resolve));
  }
  const [one, join] = lines.toSorted((a, b) => b.path.localeCompare(a.path));
  expect(one).toMatchObject({ path: '/one', queries: 1, status: 200 });
  expect(one?.statements[0]?.statement).toMatch(/^select .* from "users"$/);
  expect(join?.statements.map(({ statement }) => statement)).toContain('select pg_sleep(0.02)');
  expect(join?.queries).toBe(join?.statements.length);
  expect(join?.queryMs).toBeGreaterThan(15);
  expect(JSON.stringify(lines)).not.toMatch(/secret|abc/);
});
