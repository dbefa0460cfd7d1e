import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { startLocalPostgres } from '../db/local-postgres';
import { testServerVariable, testTemplate } from '../db/testing';
import { patchPostgres } from './patch-postgres.mjs';
import { cacheFolder, root } from './stack/folders';
import { migrateDatabase } from './stack/migrate';
import { takeFreePorts } from './stack/ports';
import { endAbandonedStacks, openStackFolder } from './stack/registry';

/** vitest's global set-up: one Postgres for all tests, with a migrated template of which each test file takes copies. */
export default async function startTestServer(): Promise<() => Promise<void>> {
  patchPostgres(root);
  await endAbandonedStacks();
  const folder = openStackFolder(`vitest-${randomBytes(5).toString('hex')}`, {
    keep: false,
    label: 'unit tests',
  });
  const [port = 0] = await takeFreePorts(1);
  const server = await startLocalPostgres({
    cacheFolder: cacheFolder(),
    folder: folder.path,
    port,
    durable: false,
    onStarted: folder.record,
  });
  const admin = postgres(server.url, { max: 1 });
  await admin.unsafe(`create database ${testTemplate}`);
  await admin.end();
  await migrateDatabase(server.url.replace(/[^/]*$/, testTemplate));
  process.env[testServerVariable] = server.url;
  return async () => {
    await server.stop();
    folder.release();
  };
}
