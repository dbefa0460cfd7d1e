import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { participants } from '@/db/schema';
import type { Admission } from './people';

const ago = (seconds: number) => sql`clock_timestamp() - make_interval(secs => ${seconds})`;

const one = (roomId: string, participantId: string) =>
  and(eq(participants.roomId, roomId), eq(participants.id, participantId));

/** Staff have answered somebody who asked to come in; who never asked is left alone. */
export async function setAdmission(
  tx: Executor,
  roomId: string,
  participantId: string,
  admission: Admission,
): Promise<void> {
  await tx
    .update(participants)
    .set({ admission })
    .where(and(one(roomId, participantId), isNotNull(participants.admission)));
}

/**
 * Who waits has looked whether they are admitted: noted once in so many seconds. `again`: they had given up before, and it is to be told
 * that they wait.
 */
export async function noteLook(
  db: Executor,
  roomId: string,
  participantId: string,
  everySeconds: number,
): Promise<{ again: boolean }> {
  const before = db.$with('before').as(
    db
      .select({
        id: participants.id,
        lookedAt: sql<string | null>`${participants.lookedAt}::text`.as('looked'),
      })
      .from(participants)
      .where(and(one(roomId, participantId), eq(participants.admission, 'waiting')))
      .for('update'),
  );
  const rows = await db
    .with(before)
    .update(participants)
    .set({ lookedAt: sql`clock_timestamp()` })
    .from(before)
    .where(
      and(
        eq(participants.id, before.id),
        sql`(${before.lookedAt} is null or ${participants.lookedAt} < ${ago(everySeconds)})`,
      ),
    )
    .returning({ before: before.lookedAt });
  return { again: rows.some((row) => row.before === null) };
}

/** Who waits and has not looked for so long. */
export function selectGivenUp(
  db: Executor,
  afterSeconds: number,
  limit: number,
): Promise<{ id: string; roomId: string }[]> {
  return db
    .select({ id: participants.id, roomId: participants.roomId })
    .from(participants)
    .where(and(eq(participants.admission, 'waiting'), sql`${participants.lookedAt} < ${ago(afterSeconds)}`))
    .limit(limit);
}

/** False: they have looked again meanwhile. */
export async function markGivenUp(
  tx: Executor,
  participantId: string,
  afterSeconds: number,
): Promise<boolean> {
  const rows = await tx
    .update(participants)
    .set({ lookedAt: null })
    .where(and(eq(participants.id, participantId), sql`${participants.lookedAt} < ${ago(afterSeconds)}`))
    .returning({ id: participants.id });
  return rows.length > 0;
}
