import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { prepared } from './prepared';
import * as schema from './schema';
import { type QueryListener, timed } from './timed';

/** How long a connection waits that was refused so often, in s: half of this to all of it. */
const RETRY_SECONDS = { first: 0.05, most: 1 };

/**
 * A database that starts anew refuses each connection of a process once or more, and they are counted together. By itself
 * postgres.js then waits for up to 20 s, the one that listens as well, while the database has long been there again.
 */
function retryAfter(refused: number): number {
  const { first, most } = RETRY_SECONDS;
  return Math.min(first * 2 ** refused, most) * (0.5 + Math.random() / 2);
}

/**
 * Opens a pool on a database.
 * @param url  `postgres://…`
 * @param max  connections of the pool
 * @param heard  is told of every statement and its time; without it nothing is measured
 */
export function connectDatabase(url: string, max = 10, heard?: QueryListener) {
  const sql = postgres(url, {
    max,
    onnotice: () => {},
    backoff: retryAfter,
    connection: { application_name: 'lectern' },
  });
  const known = prepared(sql);
  return { db: drizzle(heard ? timed(known, heard) : known, { schema, casing: 'snake_case' }), sql };
}

export type Db = ReturnType<typeof connectDatabase>['db'];
/** A transaction, or the pool itself: what queries take. */
export type Executor = Db | Parameters<Parameters<Db['transaction']>[0]>[0];
