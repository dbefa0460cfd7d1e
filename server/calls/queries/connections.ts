import { and, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { authSessions, siteConnections } from '@/db/schema';

const seconds = (count: number) => sql`clock_timestamp() + make_interval(secs => ${count})`;

export type ConnectionRow = Pick<
  typeof siteConnections.$inferInsert,
  'id' | 'userId' | 'sessionId' | 'instanceId'
>;

/** A browser has come. */
export async function insertConnection(
  db: Executor,
  row: ConnectionRow,
  leaseSeconds: number,
): Promise<void> {
  await db.insert(siteConnections).values({ ...row, leasedUntil: seconds(leaseSeconds) });
}

/** Renews what this process holds of sign-ins that still count, in one statement; tells which it renewed. */
export async function renewConnections(
  db: Executor,
  { instanceId, ids }: { instanceId: string; ids: readonly string[] },
  leaseSeconds: number,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .update(siteConnections)
    .set({ leasedUntil: seconds(leaseSeconds) })
    .from(authSessions)
    .where(
      and(
        inArray(siteConnections.id, [...ids]),
        eq(siteConnections.instanceId, instanceId),
        eq(authSessions.id, siteConnections.sessionId),
        isNull(authSessions.revokedAt),
        gt(authSessions.expiresAt, sql`now()`),
      ),
    )
    .returning({ id: siteConnections.id });
  return new Set(rows.map(({ id }) => id));
}

/** A browser's stream is over; who comes back within the grace was never away. */
export async function endConnections(
  db: Executor,
  ids: readonly string[],
  graceSeconds: number,
): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(siteConnections)
    .set({ leasedUntil: seconds(graceSeconds) })
    .where(inArray(siteConnections.id, [...ids]));
}

/** Forgets those whose lease ran out. Any process may do it for any other. */
export async function deleteLapsed(db: Executor): Promise<void> {
  await db.delete(siteConnections).where(lt(siteConnections.leasedUntil, seconds(-60)));
}
