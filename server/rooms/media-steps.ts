import { isPresenting } from '@/room/roles';
import type { App } from '../app';
import { AppError } from '../errors';
import type { Participant } from './people';
import * as queries from './queries/media-steps';

export { MEDIA_STEPS } from './queries/media-steps';

/** Keeps how somebody's player stands. It decides nothing: a presenter sees it as a number. */
export function tellStep(
  app: Pick<App, 'db'>,
  participant: Participant,
  generation: number,
  step: queries.MediaStep,
): Promise<void> {
  return queries.upsertStep(app.db, participant.id, generation, step);
}

/** How many people are not in step with what was loaded as `generation`. Those who say nothing are. @throws AppError NOT_ALLOWED */
export async function readSteps(
  app: Pick<App, 'db'>,
  { roomId, role }: Participant,
  generation: number,
): Promise<Record<Exclude<queries.MediaStep, 'in-step'>, number>> {
  if (!isPresenting(role)) throw new AppError('NOT_ALLOWED');
  const counted = new Map<queries.MediaStep, number>();
  for (const { step, people } of await queries.countSteps(app.db, roomId, generation))
    counted.set(step, people);
  const of = (step: queries.MediaStep) => counted.get(step) ?? 0;
  return {
    'catching-up': of('catching-up'),
    advertisement: of('advertisement'),
    blocked: of('blocked'),
    failed: of('failed'),
  };
}
