import type { RoomEvent } from './events';
import type { Door, Knock, RoomState } from './state';

export type DoorEvent = Extract<RoomEvent, { type: `door.${string}` }>;

/** The room's door after an event. */
export function applyDoor(state: RoomState, event: DoorEvent): RoomState {
  const door = state.door ?? {};
  const knocks = door.knocks ?? [];
  switch (event.type) {
    case 'door.changed': {
      const { asks, locked } = event.payload;
      return withDoor(state, { ...(asks && { asks }), ...(locked && { locked }), knocks });
    }
    case 'door.knocked': {
      const { participantId, name } = event.payload;
      const knock: Knock = { participantId, name, since: event.at };
      return withDoor(state, { ...door, knocks: [...without(knocks, participantId), knock] });
    }
    case 'door.answered': {
      const { participantId, admitted } = event.payload;
      if (admitted) return withDoor(state, { ...door, knocks: without(knocks, participantId) });
      const answered = knocks.map((knock) =>
        knock.participantId === participantId ? { ...knock, denied: true as const } : knock,
      );
      return withDoor(state, { ...door, knocks: answered });
    }
    case 'door.left':
      return withDoor(state, { ...door, knocks: without(knocks, event.payload.participantId) });
    default:
      return event satisfies never;
  }
}

/** A lesson begins and ends with a door that is not locked, at which nobody waits. */
export function clearDoor(state: RoomState): RoomState {
  return withDoor(state, { ...(state.door?.asks && { asks: true }) });
}

/** The door as who does not run the class may see it. */
export function withoutKnocks(state: RoomState): RoomState {
  return state.door?.knocks ? withDoor(state, { ...state.door, knocks: [] }) : state;
}

/** What is as usual is not kept: so the same door is the same state, whichever way it came about. */
function withDoor(state: RoomState, { knocks = [], ...rest }: Door): RoomState {
  const { door: _, ...others } = state;
  const door: Door = { ...rest, ...(knocks.length > 0 && { knocks }) };
  return Object.keys(door).length > 0 ? { ...others, door } : others;
}

function without(knocks: readonly Knock[], participantId: string): Knock[] {
  return knocks.filter((knock) => knock.participantId !== participantId);
}
