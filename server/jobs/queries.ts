import { sql } from 'drizzle-orm';
import { fromDrizzle } from 'pg-boss';
import type { Executor } from '@/db/client';

/** The pool, or a transaction, in the form in which the queue writes through it. */
export function queueDatabase(executor: Executor): ReturnType<typeof fromDrizzle> {
  return fromDrizzle(executor, sql);
}
