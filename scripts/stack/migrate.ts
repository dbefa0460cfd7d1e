import { existsSync } from 'node:fs';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { root } from './folders';

const migrationsFolder = path.join(root, 'db', 'migrations');

/** Brings the database to the newest schema; one process at a time, and for nothing when it is there already. */
export async function migrateDatabase(url: string): Promise<void> {
  if (!existsSync(path.join(migrationsFolder, 'meta', '_journal.json'))) return;
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    // Two processes that start at once would both create what is missing.
    await sql`select pg_advisory_lock(hashtext('lectern migrations'))`;
    await migrate(drizzle(sql), { migrationsFolder });
  } finally {
    await sql.end();
  }
}
