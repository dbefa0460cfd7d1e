import { applyDoor, clearDoor } from './apply-door';
import { applyMedia } from './apply-media';
import type { RoomEvent } from './events';
import {
  type OpenDocument,
  type Person,
  personIn,
  type RoomState,
  type Rotation,
  type Viewport,
} from './state';

/** A room in which nothing has happened. Students may speak when they are let, and draw when a teacher allows it. */
export function initialState(roomId: string): RoomState {
  return {
    roomId,
    seq: 0,
    at: 0,
    lesson: null,
    people: {},
    defaults: { draw: false, microphone: true, camera: true },
    documents: [],
    boards: [],
    stage: { kind: 'empty' },
    viewport: null,
  };
}

/**
 * The room after an event (L5). Pure and total: an event that makes no sense in this state changes nothing but the
 * sequence number. The state that was given is never changed.
 */
export function apply(state: RoomState, event: RoomEvent): RoomState {
  return { ...change(state, event), seq: event.seq, at: event.at };
}

/** Folds events in order. */
export function applyAll(state: RoomState, events: readonly RoomEvent[]): RoomState {
  return events.reduce(apply, state);
}

/** The room where everything up to `seq` that this viewer may not see has happened too. */
export function skipTo(state: RoomState, seq: number, at: number): RoomState {
  return seq > state.seq ? { ...state, seq, at } : state;
}

function change(state: RoomState, event: RoomEvent): RoomState {
  switch (event.type) {
    case 'lesson.started':
      return startLesson(state, {
        id: event.payload.lessonId,
        title: event.payload.title,
        startedAt: event.at,
      });
    case 'lesson.ended':
      return state.lesson?.id === event.payload.lessonId ? endLesson(state) : state;
    case 'person.connected':
      return connect(state, event.payload);
    case 'person.disconnected':
      return disconnect(state, event.payload);
    case 'person.removed':
      return leaveScreen(
        withPerson(state, event.payload.participantId, {
          removed: true,
          connections: [],
          handRaisedAt: null,
        }),
        event.payload.participantId,
      );
    case 'person.readmitted':
      return withPerson(state, event.payload.participantId, { removed: false });
    case 'person.muted':
    case 'board.changed':
    case 'laser.moved':
    case 'chat.sent':
      return state;
    case 'layers.changed': {
      const { tab, copies } = event.payload;
      return { ...state, copies: { ...state.copies, [tab]: copies } };
    }
    case 'layer.revealed': {
      const { revealed: _, ...rest } = state;
      const { boardId, participantId } = event.payload;
      return participantId === null ? rest : { ...rest, revealed: { boardId, participantId } };
    }
    case 'rights.changed':
      return withPerson(state, event.payload.participantId, { rights: event.payload.rights });
    case 'defaults.changed':
      return { ...state, defaults: event.payload.rights };
    case 'looking.changed': {
      const { lookAround: _, ...rest } = state;
      return event.payload.allowed ? rest : { ...rest, lookAround: false };
    }
    case 'hand.raised':
      return withPerson(state, event.payload.participantId, { handRaisedAt: event.at });
    case 'hand.lowered':
      return withPerson(state, event.payload.participantId, { handRaisedAt: null });
    case 'document.opened':
    case 'document.closed':
    case 'board.opened':
    case 'board.closed':
    case 'stage.shown':
    case 'page.turned':
    case 'document.replaced':
    case 'document.rotated':
    case 'viewport.moved':
      return changeStage(state, event);
    case 'media.loaded':
    case 'media.changed':
    case 'media.measured':
    case 'media.stopped':
    case 'media.queued':
    case 'media.unqueued':
      return applyMedia(state, event);
    case 'door.changed':
    case 'door.knocked':
    case 'door.answered':
    case 'door.left':
      return applyDoor(state, event);
    default:
      event satisfies never;
      // While a new build takes over, tabs and processes of the one before read what only the new one writes.
      return state;
  }
}

const NOTHING_SHOWN = { stage: { kind: 'empty' }, viewport: null } as const;

type StageEvent = Extract<
  RoomEvent,
  {
    type:
      | 'document.opened'
      | 'document.closed'
      | 'board.opened'
      | 'board.closed'
      | 'stage.shown'
      | 'page.turned'
      | 'document.replaced'
      | 'document.rotated'
      | 'viewport.moved';
  }
>;

function changeStage(state: RoomState, event: StageEvent): RoomState {
  switch (event.type) {
    case 'document.opened': {
      const { documentId: id, title, pageCount, version } = event.payload;
      if (state.documents.some((document) => document.id === id)) return state;
      const opened = { id, title, pageCount, page: 1, ...(version === undefined ? {} : { version }) };
      return { ...state, documents: [...state.documents, opened] };
    }
    case 'document.closed': {
      const { documentId } = event.payload;
      const documents = state.documents.filter((document) => document.id !== documentId);
      const shown = state.stage.kind === 'document' && state.stage.documentId === documentId;
      return { ...state, documents, ...(shown && NOTHING_SHOWN) };
    }
    case 'board.opened': {
      const { boardId: id, title } = event.payload;
      if (state.boards.some((board) => board.id === id)) return state;
      return { ...state, boards: [...state.boards, { id, title }] };
    }
    case 'board.closed': {
      const { boardId } = event.payload;
      const boards = state.boards.filter((board) => board.id !== boardId);
      if (boards.length === state.boards.length) return state;
      const shown = state.stage.kind === 'board' && state.stage.boardId === boardId;
      return { ...state, boards, closings: (state.closings ?? 0) + 1, ...(shown && NOTHING_SHOWN) };
    }
    case 'stage.shown':
      return { ...state, stage: event.payload.stage, viewport: null };
    case 'page.turned': {
      const { documentId, page } = event.payload;
      const turned = withDocument(state, documentId, (document) => ({ ...showPart(document, null), page }));
      return { ...turned, viewport: null };
    }
    case 'document.replaced': {
      const { documentId, pageCount, version } = event.payload;
      return withDocument(state, documentId, (document) => ({
        ...document,
        pageCount,
        version,
        // A shorter file ends earlier; what is marked on the pages behind its end waits for a longer one.
        page: Math.min(document.page, Math.max(1, pageCount)),
      }));
    }
    case 'document.rotated': {
      const { documentId, rotation } = event.payload;
      return withDocument(state, documentId, (document) => turnBy(document, rotation));
    }
    case 'viewport.moved': {
      const { viewport } = event.payload;
      const { stage } = state;
      const moved = { ...state, viewport };
      if (stage.kind === 'document')
        return withDocument(moved, stage.documentId, (document) => showPart(document, viewport));
      if (stage.kind !== 'board') return moved;
      const boards = state.boards.map((board) =>
        board.id === stage.boardId ? showPart(board, viewport) : board,
      );
      return { ...moved, boards };
    }
    default:
      return event satisfies never;
  }
}

function withDocument(
  state: RoomState,
  id: string,
  change: (document: OpenDocument) => OpenDocument,
): RoomState {
  return {
    ...state,
    documents: state.documents.map((document) => (document.id === id ? change(document) : document)),
  };
}

function showPart<T extends { viewport?: Viewport }>(tab: T, viewport: Viewport | null) {
  const { viewport: _, ...rest } = tab;
  return viewport ? { ...rest, viewport } : rest;
}

function turnBy(document: OpenDocument, rotation: Rotation): OpenDocument {
  const { rotation: _, ...rest } = document;
  return rotation === 0 ? rest : { ...rest, rotation };
}

/** A new lesson begins with hands down, nobody singled out or at the door, and only those who are here (removed people stay removed). */
function startLesson(state: RoomState, lesson: RoomState['lesson']): RoomState {
  const people: Record<string, Person> = {};
  for (const person of Object.values(state.people)) {
    if (person.removed || person.connections.length > 0)
      people[person.id] = { ...person, handRaisedAt: null, rights: null };
  }
  return clearDoor({ ...state, lesson, people });
}

/** Hands go down, and nobody is waited for any more. */
function endLesson(state: RoomState): RoomState {
  const people: Record<string, Person> = {};
  for (const { dropped: _, ...person } of Object.values(state.people))
    people[person.id] = { ...person, handRaisedAt: null };
  return clearDoor({ ...state, lesson: null, people });
}

type Of<T extends RoomEvent['type']> = Extract<RoomEvent, { type: T }>['payload'];

function connect(state: RoomState, who: Of<'person.connected'>): RoomState {
  const known = personIn(state, who.participantId);
  if (known?.removed) return state;
  const connections = known?.connections ?? [];
  const person: Person = {
    id: who.participantId,
    name: who.name,
    role: who.role,
    connections: connections.includes(who.connectionId) ? connections : [...connections, who.connectionId],
    handRaisedAt: known?.handRaisedAt ?? null,
    rights: known?.rights ?? null,
    removed: false,
  };
  return { ...state, people: { ...state.people, [person.id]: person } };
}

/** Who closes their last tab takes their hand and their screen along. */
function disconnect(
  state: RoomState,
  { participantId, connectionId, reason }: Of<'person.disconnected'>,
): RoomState {
  const person = personIn(state, participantId);
  if (!person) return state;
  const connections = person.connections.filter((id) => id !== connectionId);
  if (connections.length > 0) return withPerson(state, participantId, { connections });
  const { dropped: _, ...known } = person;
  const gone: Person = {
    ...known,
    connections,
    handRaisedAt: null,
    ...(reason === 'dropped' && state.lesson ? { dropped: true } : {}),
  };
  return leaveScreen({ ...state, people: { ...state.people, [participantId]: gone } }, participantId);
}

function leaveScreen(state: RoomState, participantId: string): RoomState {
  const { stage } = state;
  if (stage.kind !== 'screen' || stage.participantId !== participantId) return state;
  return { ...state, ...NOTHING_SHOWN };
}

function withPerson(state: RoomState, id: string, fields: Partial<Person>): RoomState {
  const person = personIn(state, id);
  return person ? { ...state, people: { ...state.people, [id]: { ...person, ...fields } } } : state;
}
