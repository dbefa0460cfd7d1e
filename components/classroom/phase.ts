import type { Connection } from '@/components/room-log/types';
import { isStaff } from '@/room/roles';
import type { Person, RoomState } from '@/room/state';

/** Which screen of the classroom is shown. One at a time. */
export type Phase =
  | 'removed'
  /** The way in is gone: signed out, or the room does not exist for this person any more. */
  | 'shut'
  /** The person pressed **Leave**. */
  | 'left'
  /** A lesson that this tab has seen, or that a guest was let in for, is over. */
  | 'ended'
  /** No lesson yet: students wait, staff prepare in the room itself. */
  | 'waiting'
  /** A lesson is live: the devices are chosen before one goes in. */
  | 'check'
  | 'room';

export type PhaseInput = {
  head: Pick<RoomState, 'lesson'>;
  me: Pick<Person, 'role' | 'removed'>;
  connection: Connection;
  entered: boolean;
  left: boolean;
  /** A lesson ended while this tab looked on, and no other has begun since. */
  sawEnd: boolean;
};

export function choosePhase({ head, me, connection, entered, left, sawEnd }: PhaseInput): Phase {
  if (me.removed) return 'removed';
  // Leaving closes the stream: it is no failure then.
  if (left) return 'left';
  if (connection.kind === 'closed') {
    if (connection.reason === 'removed') return 'removed';
    return connection.reason === 'lesson-ended' ? 'ended' : 'shut';
  }
  if (head.lesson) return entered ? 'room' : 'check';
  if (sawEnd) return 'ended';
  return isStaff(me.role) ? 'room' : 'waiting';
}
