import type { SystemCommandBody } from './commands';
import { decideKnock } from './decide-door';
import { decideMediaEnd } from './decide-media';
import { type Decision, NOTHING, refuse, toAll } from './decision';
import { personIn, type RoomState } from './state';

/** Decides what the server asks of a room by itself. Asking twice for what is so already becomes nothing. */
export function decideSystem(state: RoomState, command: SystemCommandBody, now: number): Decision {
  switch (command.type) {
    case 'lesson.start': {
      if (state.lesson?.id === command.payload.lessonId) return NOTHING;
      return state.lesson
        ? refuse('ANOTHER_LESSON_LIVE')
        : toAll({ type: 'lesson.started', payload: command.payload });
    }
    case 'lesson.end':
      return state.lesson?.id === command.payload.lessonId
        ? toAll({ type: 'lesson.ended', payload: command.payload })
        : NOTHING;
    case 'document.replace': {
      const { documentId, pageCount, version } = command.payload;
      const open = state.documents.find((document) => document.id === documentId);
      if (!open || (open.version ?? 1) >= version) return NOTHING;
      // What became of it has no pages to show.
      if (pageCount < 1) return toAll({ type: 'document.closed', payload: { documentId } });
      return toAll({ type: 'document.replaced', payload: command.payload });
    }
    case 'person.connect': {
      const person = personIn(state, command.payload.participantId);
      if (person?.removed) return refuse('REMOVED');
      return person?.connections.includes(command.payload.connectionId)
        ? NOTHING
        : toAll({ type: 'person.connected', payload: command.payload });
    }
    case 'person.disconnect': {
      const person = personIn(state, command.payload.participantId);
      return person?.connections.includes(command.payload.connectionId)
        ? toAll({ type: 'person.disconnected', payload: command.payload })
        : NOTHING;
    }
    case 'media.end':
      return decideMediaEnd(state, command.payload.generation, now);
    case 'door.knock':
    case 'door.leave':
      return decideKnock(state, command);
    default:
      return command satisfies never;
  }
}
