import type { Executor } from '@/db/client';
import type { RoomEvent } from '@/room/events';
import { setAdmission } from './queries/door';
import { markRemoved } from './queries/people';

const TYPES = ['person.removed', 'person.readmitted', 'door.answered'] as const;

/** An event that is also a fact of somebody's row, which decides about their next request. */
type PersonFact = Extract<RoomEvent, { type: (typeof TYPES)[number] }>;

export function isPersonFact(event: RoomEvent): event is PersonFact {
  return TYPES.some((type) => type === event.type);
}

/** Writes such a fact, in the transaction of its event. */
export async function writePersonFact(tx: Executor, roomId: string, event: PersonFact): Promise<void> {
  const { participantId } = event.payload;
  switch (event.type) {
    case 'person.removed':
      return markRemoved(tx, roomId, participantId, event.at);
    case 'person.readmitted':
      return markRemoved(tx, roomId, participantId, null);
    case 'door.answered':
      return setAdmission(tx, roomId, participantId, event.payload.admitted ? null : 'denied');
    default:
      return event satisfies never;
  }
}
