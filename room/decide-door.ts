import type { CommandBody, SystemCommandBody } from './commands';
import { type DecidedEvent, type Decision, NOTHING, refuse, toAll, toStaff } from './decision';
import { MAX_KNOCKS } from './limits';
import { type Knock, knocksOf, type RoomState } from './state';

type Command = Extract<CommandBody, { type: `door.${string}` }>;
type SystemCommand = Extract<SystemCommandBody, { type: `door.${string}` }>;

/** What staff decide at the door: whether people ask before they come in, whether anybody does, and who of those who ask. */
export function decideDoor(state: RoomState, command: Command): Decision {
  switch (command.type) {
    case 'door.set': {
      const { asks, locked } = command.payload;
      const same = asks === Boolean(state.door?.asks) && locked === Boolean(state.door?.locked);
      if (same) return NOTHING;
      const changed = toAll({ type: 'door.changed', payload: { asks, locked } });
      const waiting = knocksOf(state).filter(({ denied }) => !denied);
      // Where nobody is asked any more, nobody is left waiting for an answer.
      return asks ? changed : { events: [...changed.events, ...admitting(waiting)] };
    }
    case 'door.admit': {
      const ids = new Set(command.payload.participantIds);
      const known = knocksOf(state).filter(({ participantId }) => ids.has(participantId));
      return known.length > 0 ? { events: admitting(known) } : refuse('NOT_FOUND');
    }
    case 'door.deny': {
      const knock = knockOf(state, command.payload.participantId);
      if (!knock) return refuse('NOT_FOUND');
      if (knock.denied) return NOTHING;
      const { participantId } = knock;
      return toStaff({ type: 'door.answered', payload: { participantId, admitted: false } });
    }
    default:
      return command satisfies never;
  }
}

function admitting(knocks: readonly Knock[]): readonly DecidedEvent[] {
  return toStaff(
    ...knocks.map(({ participantId }) => ({
      type: 'door.answered' as const,
      payload: { participantId, admitted: true },
    })),
  ).events;
}

/** Somebody asks to come in, or has given up waiting. Who was turned away stays so until the lesson is over. */
export function decideKnock(state: RoomState, command: SystemCommand): Decision {
  const knock = knockOf(state, command.payload.participantId);
  switch (command.type) {
    case 'door.knock': {
      if (!state.lesson) return refuse('LESSON_NOT_LIVE');
      if (knock) return NOTHING;
      if (knocksOf(state).length >= MAX_KNOCKS) return refuse('TOO_LARGE');
      return toStaff({ type: 'door.knocked', payload: command.payload });
    }
    case 'door.leave':
      return knock && !knock.denied
        ? toStaff({ type: 'door.left', payload: { participantId: knock.participantId } })
        : NOTHING;
    default:
      return command satisfies never;
  }
}

function knockOf(state: RoomState, participantId: string): Knock | undefined {
  return knocksOf(state).find((knock) => knock.participantId === participantId);
}
