import { randomUUID } from 'node:crypto';
import { connectDatabase } from '@/db/client';
import { createAdapters } from './adapters';
import { env } from './env';
import { log } from './log';
import { noteQuery } from './request-log';

/** What every service is given: the database, the settings, the log, the source of ids and the adapters to the outside. */
function createApp() {
  const { db, sql } = connectDatabase(env.DATABASE_URL, 10, env.LECTERN_LOG_QUERIES ? noteQuery : undefined);
  return { db, sql, env, log, newId: () => randomUUID() as string, ...createAdapters(env) };
}

export type App = ReturnType<typeof createApp>;

const key = Symbol.for('lectern.app');
const holder = globalThis as typeof globalThis & { [key]?: App };

/** The process' one App. Next loads modules several times; the pool and its connections must not multiply with them. */
export function getApp(): App {
  return (holder[key] ??= createApp());
}
