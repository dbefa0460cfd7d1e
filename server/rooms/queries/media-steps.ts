import { and, count, eq, exists, isNull, lte, ne, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { mediaStep, mediaSteps, participants, roomConnections } from '@/db/schema';

export const MEDIA_STEPS = mediaStep.enumValues;

export type MediaStep = (typeof MEDIA_STEPS)[number];

export async function upsertStep(
  db: Executor,
  participantId: string,
  generation: number,
  step: MediaStep,
): Promise<void> {
  const told = { generation, step, toldAt: sql`clock_timestamp()` };
  await db
    .insert(mediaSteps)
    .values({ participantId, ...told })
    .onConflictDoUpdate({ target: mediaSteps.participantId, set: told });
}

/** How many of those who are here say that they are not in step with what was loaded as `generation`, by how they stand. */
export function countSteps(
  db: Executor,
  roomId: string,
  generation: number,
): Promise<{ step: MediaStep; people: number }[]> {
  const saidHere = db
    .select({ one: sql`1` })
    .from(roomConnections)
    .where(
      and(
        eq(roomConnections.participantId, mediaSteps.participantId),
        isNull(roomConnections.closedAt),
        lte(roomConnections.openedAt, mediaSteps.toldAt),
      ),
    );
  return db
    .select({ step: mediaSteps.step, people: count() })
    .from(mediaSteps)
    .innerJoin(participants, eq(participants.id, mediaSteps.participantId))
    .where(
      and(
        eq(participants.roomId, roomId),
        isNull(participants.removedAt),
        eq(mediaSteps.generation, generation),
        ne(mediaSteps.step, 'in-step'),
        exists(saidHere),
      ),
    )
    .groupBy(mediaSteps.step);
}
