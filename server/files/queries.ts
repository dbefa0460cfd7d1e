import { and, eq, inArray, lt, or, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { hostedFiles } from '@/db/schema';
import type { HostedIndex } from '../adapters/storage/uploadthing';

const here = eq(hostedFiles.state, 'here');
const gone = { state: 'gone', at: sql`now()` } as const;

/** What lies at the vendor, in Postgres. */
export function hostedIndex(db: Executor): HostedIndex {
  const namesOf = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);

  async function drop(tx: Executor, key: string): Promise<string[]> {
    const rows = await tx
      .update(hostedFiles)
      .set(gone)
      .where(and(eq(hostedFiles.key, key), here))
      .returning({ name: hostedFiles.name });
    return namesOf(rows);
  }

  return {
    async find(key) {
      const [row] = await db
        .select({ name: hostedFiles.name, bytes: hostedFiles.bytes })
        .from(hostedFiles)
        .where(and(eq(hostedFiles.key, key), here));
      return row ?? null;
    },

    async begin(key, name, bytes) {
      await db.insert(hostedFiles).values({ key, name, bytes });
    },

    finish: (key, name) =>
      db.transaction(async (tx) => {
        // Whoever writes the same key at the same time comes before or after, not in between.
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
        const others = await drop(tx, key);
        await tx.update(hostedFiles).set({ state: 'here', at: sql`now()` }).where(eq(hostedFiles.name, name));
        return others;
      }),

    drop: (key) => drop(db, key),

    async abandoned(now) {
      const dayAgo = sql`to_timestamp(${now / 1000}::float8) - interval '1 day'`;
      const rows = await db
        .select({ name: hostedFiles.name })
        .from(hostedFiles)
        .where(
          or(eq(hostedFiles.state, 'gone'), and(eq(hostedFiles.state, 'coming'), lt(hostedFiles.at, dayAgo))),
        )
        .limit(500);
      return namesOf(rows);
    },

    async forget(names) {
      await db.delete(hostedFiles).where(inArray(hostedFiles.name, [...names]));
    },
  };
}
