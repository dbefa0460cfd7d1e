import { PgBoss } from 'pg-boss';
import type { TestDatabase } from '@/db/testing';
import type { JobName } from './queue';

/** The queues that a test sends to, on its own database, with nobody who works on them. */
export async function createQueues(database: TestDatabase, names: readonly JobName[]): Promise<void> {
  const boss = new PgBoss({ connectionString: database.url, supervise: false, schedule: false });
  await boss.start();
  for (const name of names) await boss.createQueue(name);
  await boss.stop({ graceful: false });
}
