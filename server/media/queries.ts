import { and, eq, lt, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { livekitWebhooks, participants, rooms } from '@/db/schema';
import type { MediaParticipantRow } from './policy';

/** Somebody of this room, removed or not; null: nobody of this room. */
export async function findParticipant(
  db: Executor,
  roomId: string,
  id: string,
): Promise<MediaParticipantRow | null> {
  const [row] = await db
    .select({
      id: participants.id,
      roomId: participants.roomId,
      name: participants.name,
      role: participants.role,
      removedAt: participants.removedAt,
      admission: participants.admission,
    })
    .from(participants)
    .where(and(eq(participants.roomId, roomId), eq(participants.id, id)));
  return row ?? null;
}

export async function roomExists(db: Executor, roomId: string): Promise<boolean> {
  const [row] = await db.select({ id: rooms.id }).from(rooms).where(eq(rooms.id, roomId));
  return row !== undefined;
}

/** False: this delivery was taken before. */
export async function takeWebhook(db: Executor, id: string): Promise<boolean> {
  const rows = await db
    .insert(livekitWebhooks)
    .values({ id })
    .onConflictDoNothing()
    .returning({ id: livekitWebhooks.id });
  return rows.length > 0;
}

/** Deliveries are repeated within seconds: what is a day old will not come again. */
export async function forgetOldWebhooks(db: Executor): Promise<void> {
  await db.delete(livekitWebhooks).where(lt(livekitWebhooks.receivedAt, sql`now() - interval '1 day'`));
}
