import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { roomConnections } from '@/db/schema';

export type ConnectionKey = { id: string; roomId: string; participantId: string };

const seconds = (count: number) => sql`clock_timestamp() + make_interval(secs => ${count})`;

/** Opens a connection's row, or takes back the row of the same tab that lost its stream for a while. */
export async function upsertConnection(
  db: Executor,
  key: ConnectionKey & { instanceId: string; userAgent: string | null; confirms: boolean },
  leaseSeconds: number,
): Promise<boolean> {
  const { confirms, ...columns } = key;
  const lease = {
    instanceId: key.instanceId,
    leasedUntil: seconds(leaseSeconds),
    heardAt: confirms ? seconds(0) : null,
  };
  const rows = await db
    .insert(roomConnections)
    .values({ ...columns, ...lease })
    .onConflictDoUpdate({
      target: roomConnections.id,
      set: { ...lease, leftAt: null, closedAt: null },
      setWhere: and(
        eq(roomConnections.roomId, key.roomId),
        eq(roomConnections.participantId, key.participantId),
      ),
    })
    .returning({ id: roomConnections.id });
  return rows.length > 0;
}

/** Whether the end of a connection has yet to be told to the log. */
export async function isOpen(db: Executor, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: roomConnections.id })
    .from(roomConnections)
    .where(and(eq(roomConnections.id, id), isNull(roomConnections.closedAt)));
  return rows.length > 0;
}

/** A tab that says that it is there has done so lately. */
const heard = (silentSeconds: number) =>
  sql`(${roomConnections.heardAt} is null or ${roomConnections.heardAt} > ${seconds(-silentSeconds)})`;

/** A tab has said that it is there. */
export async function hearConnection(db: Executor, roomId: string, id: string): Promise<void> {
  await db
    .update(roomConnections)
    .set({ heardAt: seconds(0) })
    .where(
      and(eq(roomConnections.id, id), eq(roomConnections.roomId, roomId), isNull(roomConnections.closedAt)),
    );
}

/** Lets the leases of silent tabs among these run out now; tells which. */
export async function lapseSilent(
  db: Executor,
  instanceId: string,
  ids: readonly string[],
  silentSeconds: number,
): Promise<Set<string>> {
  const rows = await db
    .update(roomConnections)
    .set({ leasedUntil: seconds(0) })
    .where(
      and(
        inArray(roomConnections.id, [...ids]),
        eq(roomConnections.instanceId, instanceId),
        isNull(roomConnections.closedAt),
        sql`not ${heard(silentSeconds)}`,
      ),
    )
    .returning({ id: roomConnections.id });
  return new Set(rows.map((row) => row.id));
}

/** Renews what this process holds and hears of, in one statement; tells the ids that it did not renew. */
export async function renewConnections(
  db: Executor,
  instanceId: string,
  ids: readonly string[],
  { leaseSeconds, silentSeconds }: { leaseSeconds: number; silentSeconds: number },
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .update(roomConnections)
    .set({ leasedUntil: seconds(leaseSeconds) })
    .where(
      and(
        inArray(roomConnections.id, [...ids]),
        eq(roomConnections.instanceId, instanceId),
        isNull(roomConnections.closedAt),
        heard(silentSeconds),
      ),
    )
    .returning({ id: roomConnections.id });
  const held = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !held.has(id));
}

/** Of these connections, those that another process has taken over. */
export async function selectMoved(
  db: Executor,
  instanceId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await db
    .select({ id: roomConnections.id })
    .from(roomConnections)
    .where(and(inArray(roomConnections.id, [...ids]), ne(roomConnections.instanceId, instanceId)));
  return new Set(rows.map((row) => row.id));
}

/** The stream of a tab is closed: what is left of the lease is a grace in which it may come back. */
export async function endConnection(
  db: Executor,
  id: string,
  instanceId: string,
  { graceSeconds, left }: { graceSeconds: number; left: boolean },
): Promise<void> {
  await db
    .update(roomConnections)
    .set({ leasedUntil: seconds(graceSeconds), ...(left ? { leftAt: sql`clock_timestamp()` } : {}) })
    .where(
      and(
        eq(roomConnections.id, id),
        eq(roomConnections.instanceId, instanceId),
        isNull(roomConnections.closedAt),
      ),
    );
}

/** A tab of this person has said goodbye: the end of its stream, which comes before it or after it, is a leaving. */
export async function leaveConnection(
  db: Executor,
  { id, roomId, participantId }: ConnectionKey,
): Promise<void> {
  await db
    .update(roomConnections)
    .set({ leftAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(roomConnections.id, id),
        eq(roomConnections.roomId, roomId),
        eq(roomConnections.participantId, participantId),
        isNull(roomConnections.closedAt),
        isNull(roomConnections.leftAt),
      ),
    );
}

export type ExpiredConnection = ConnectionKey & { left: boolean };

/** Connections whose lease is over and of which the log does not know yet. */
export async function selectExpired(db: Executor, limit: number): Promise<ExpiredConnection[]> {
  return db
    .select({
      id: roomConnections.id,
      roomId: roomConnections.roomId,
      participantId: roomConnections.participantId,
      left: sql<boolean>`${roomConnections.leftAt} is not null`,
    })
    .from(roomConnections)
    .where(and(isNull(roomConnections.closedAt), sql`${roomConnections.leasedUntil} < clock_timestamp()`))
    .limit(limit);
}

/** Closes a connection whose lease is over; false: it came back meanwhile. */
export async function closeExpired(tx: Executor, id: string): Promise<boolean> {
  const rows = await tx
    .update(roomConnections)
    .set({ closedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(roomConnections.id, id),
        isNull(roomConnections.closedAt),
        sql`${roomConnections.leasedUntil} < clock_timestamp()`,
      ),
    )
    .returning({ id: roomConnections.id });
  return rows.length > 0;
}

export type EmptyLesson = { lessonId: string; roomId: string };

/**
 * Live lessons in whose room nobody has been for `emptySeconds`, counted from the last connection's end or from the
 * lesson's start. The hidden recorder is nobody. Asked every second: with an instant that stands still, so that ends
 * are found by their index, however many there have been.
 */
export async function selectEmptyLessons(db: Executor, emptySeconds: number): Promise<EmptyLesson[]> {
  const since = sql`statement_timestamp() - make_interval(secs => ${emptySeconds})`;
  const rows = await db.execute<EmptyLesson>(sql`
    select l.id as "lessonId", l.room_id as "roomId"
    from lessons l
    where l.status = 'live' and l.started_at < ${since}
      and not exists (
        select 1 from room_connections c join participants p on p.id = c.participant_id
        where c.room_id = l.room_id and c.closed_at is null and p.role <> 'recorder')
      and not exists (
        select 1 from room_connections c join participants p on p.id = c.participant_id
        where c.room_id = l.room_id and coalesce(c.left_at, c.closed_at) >= ${since} and p.role <> 'recorder')`);
  return [...rows];
}

/** Runs `work` in a transaction of the one process that has the named lock; null: another process has it. */
export async function withAdvisoryLock<T>(
  db: { transaction: <R>(run: (tx: Executor) => Promise<R>) => Promise<R> },
  name: string,
  work: (tx: Executor) => Promise<T>,
): Promise<T | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx.execute<{ got: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as got`,
    );
    return row?.got ? work(tx) : null;
  });
}
