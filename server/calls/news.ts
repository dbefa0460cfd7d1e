import type { Executor } from '@/db/client';
import { notify } from '../notifications/service';
import { type CallRow, findParties } from './queries/calls';

/** `missed`: nobody answered; `cancelled`: the caller gave up before; `busy`: it never rang. */
export type MissedWhy = 'missed' | 'cancelled' | 'busy';

/** Leaves it in the callee's bell that somebody called whom they did not speak to. Once for each call. */
export async function tellMissed(tx: Executor, call: CallRow, why: MissedWhy): Promise<void> {
  const parties = await findParties(tx, call);
  if (!parties) return;
  const { id: personId, name, course } = parties.caller;
  await notify(tx, [call.calleeId], {
    kind: 'call-missed',
    courseId: call.courseId,
    facts: { name, personId, course, startsAt: call.startedAt.getTime(), why },
    key: `call:${call.id}`,
  });
}
