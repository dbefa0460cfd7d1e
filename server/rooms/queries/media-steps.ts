import { and, count, eq, isNull, ne } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { mediaStep, mediaSteps, participants } from '@/db/schema';

export const MEDIA_STEPS = mediaStep.enumValues;

export type MediaStep = (typeof MEDIA_STEPS)[number];

export async function upsertStep(
  db: Executor,
  participantId: string,
  generation: number,
  step: MediaStep,
): Promise<void> {
  await db
    .insert(mediaSteps)
    .values({ participantId, generation, step })
    .onConflictDoUpdate({ target: mediaSteps.participantId, set: { generation, step } });
}

/** How many of these people say that they are not in step with what was loaded as `generation`, by how they stand. */
export function countSteps(
  db: Executor,
  roomId: string,
  generation: number,
): Promise<{ step: MediaStep; people: number }[]> {
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
      ),
    )
    .groupBy(mediaSteps.step);
}
