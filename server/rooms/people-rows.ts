import type { Executor } from '@/db/client';
import type { RoomEvent } from '@/room/events';
import { setAdmission } from './queries/door';
import { markRemoved } from './queries/people';

/** Whether an event is also a fact of somebody's row, which decides about their next request. */
export function changesPeople({ type }: RoomEvent): boolean {
  return type === 'person.removed' || type === 'person.readmitted' || type === 'door.answered';
}

/** Writes such a fact, in the transaction of its event. */
export async function followInRows(tx: Executor, roomId: string, event: RoomEvent): Promise<void> {
  if (event.type === 'person.removed') await markRemoved(tx, roomId, event.payload.participantId, event.at);
  if (event.type === 'person.readmitted') await markRemoved(tx, roomId, event.payload.participantId, null);
  if (event.type === 'door.answered') {
    const { participantId, admitted } = event.payload;
    await setAdmission(tx, roomId, participantId, admitted ? null : 'denied');
  }
}
