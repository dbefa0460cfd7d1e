import { randomUUID } from 'node:crypto';
import { drizzle } from 'drizzle-orm/postgres-js';
import type { TestDatabase } from '@/db/testing';
import * as schema from '@/db/schema';
import { createAdapters } from './adapters';
import type { App } from './app';
import type { Env } from './env';
import { log } from './log';

const settings: Omit<Env, 'DATABASE_URL'> = {
  LECTERN_SECRET: 'a secret that only tests know, 32+',
  LECTERN_STATE_DIR: '/nowhere',
  LECTERN_URL: 'http://localhost:3000',
  LECTERN_FILES_URL: 'http://127.0.0.1:3001',
  LIVEKIT_URL: 'ws://127.0.0.1:7880',
  LIVEKIT_API_KEY: 'test',
  LIVEKIT_API_SECRET: 'a media secret that only tests know',
  S3_REGION: 'us-east-1',
  UPLOADTHING_API_URL: 'https://api.uploadthing.com',
  LECTERN_PROXIES: 0,
  LECTERN_ROOM_SIZE: 500,
  LECTERN_SIGN_UPS: 200,
  LECTERN_EMPTY_ROOM_SECONDS: 300,
  LECTERN_RING_SECONDS: 30,
  LECTERN_LIBRARY_QUOTA_GB: 20,
  LECTERN_LOG_LEVEL: 'silent',
  LECTERN_LOG_QUERIES: false,
  LECTERN_PRIVATE_LINKS: false,
  LECTERN_MAILBOX: true,
  NODE_ENV: 'test',
};

/**
 * What services are given, on a test database. Settings that matter to a test are passed by it; the adapters are the real
 * ones, and reach nothing unless a test gives them an address.
 */
export function testApp({ db, sql, url }: TestDatabase, more: Partial<Env> = {}): App {
  const env = { ...settings, DATABASE_URL: url, ...more };
  return { db, sql, log, env, newId: () => randomUUID(), ...createAdapters(env) };
}

/** The same, counting the queries that go through it. */
testApp.counting = (database: TestDatabase) => {
  let queries = 0;
  const db = drizzle(database.sql, {
    schema,
    casing: 'snake_case',
    logger: { logQuery: () => void (queries += 1) },
  });
  return { app: { ...testApp(database), db }, count: () => queries };
};
