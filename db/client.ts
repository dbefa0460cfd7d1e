import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { prepared } from './prepared';
import * as schema from './schema';
import { type QueryListener, timed } from './timed';

/**
 * Opens a pool on a database.
 * @param url  `postgres://…`
 * @param max  connections of the pool
 * @param heard  is told of every statement and its time; without it nothing is measured
 */
export function connectDatabase(url: string, max = 10, heard?: QueryListener) {
  const sql = postgres(url, { max, onnotice: () => {}, connection: { application_name: 'lectern' } });
  const known = prepared(sql);
  return { db: drizzle(heard ? timed(known, heard) : known, { schema, casing: 'snake_case' }), sql };
}

export type Db = ReturnType<typeof connectDatabase>['db'];
/** A transaction, or the pool itself: what queries take. */
export type Executor = Db | Parameters<Parameters<Db['transaction']>[0]>[0];
