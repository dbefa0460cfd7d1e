import type { Audience } from './audience';
import { type BoardRecord, type BoardView, type Layer, pageOfBoard } from './boards';
import type { CommandBody, RefusalCode } from './commands';
import { decideBoardChange } from './decide-board';
import { decideLayers, decideReveal } from './decide-layers';
import { decideMedia } from './decide-media';
import type { EventBody } from './events';
import { MAX_OPEN_TABS } from './limits';
import {
  mayAct,
  mayChat,
  mayDraw,
  mayLookAround,
  mayManage,
  mayManagePerson,
  mayPresent,
  rightsOf,
} from './policy';
import type { Role } from './roles';
import { type Person, personIn, type RoomState, type Stage, type Viewport } from './state';

/** Who asks, as the database knows them. */
export type Actor = { id: string; name: string; role: Role };

/** What the library says of a document that a command names: pages to show, or none and something that plays. */
export type DocumentFacts = { title: string; pageCount: number; version?: number; plays?: true };

export type RecordCheck = { ok: true; record: BoardRecord } | { ok: false };

/** All that a decision may depend on besides the state and the command: `decide` looks nothing up by itself. */
export type DecideContext = {
  actor: Actor;
  /** ms since the epoch, server time (L4) */
  now: number;
  /** Documents that may be opened in this room, of those that the command names. */
  documents: ReadonlyMap<string, DocumentFacts>;
  validateRecord: (record: unknown) => RecordCheck;
  /** One layer of one board as it stands. */
  board: (boardId: string, layer: Layer) => BoardView;
};

export type DecidedEvent = { body: EventBody; audience: Audience };

/** What a command becomes. `refusedRecords`: ids of a board change that were left out of its event. */
export type Decision =
  | { events: readonly DecidedEvent[]; refusedRecords?: readonly string[] }
  | { refusal: RefusalCode };

/** Decides what a command becomes in a state. Pure; the policy is asked here and nowhere else. */
export function decide(state: RoomState, ctx: DecideContext, command: CommandBody): Decision {
  const actor = actorIn(state, ctx.actor);
  if (actor.removed) return refuse('REMOVED');
  if (actor.role === 'recorder' || actor.role === 'phone') return refuse('NOT_ALLOWED');
  if (!mayAct(state, actor)) return refuse('LESSON_NOT_LIVE');
  switch (command.type) {
    case 'hand.raise':
    case 'hand.lower':
      return decideHand(state, actor, command);
    case 'rights.set':
    case 'defaults.set':
    case 'looking.set':
    case 'person.mute':
    case 'person.remove':
    case 'person.readmit':
      return mayManage(actor) ? decideManagement(state, actor, command) : refuse('NOT_ALLOWED');
    case 'document.open':
    case 'document.close':
    case 'board.open':
    case 'stage.show':
    case 'page.turn':
    case 'document.rotate':
    case 'viewport.move':
      return mayPresent(actor) ? decideStage(state, ctx, command) : refuse('NOT_ALLOWED');
    case 'media.load':
    case 'media.play':
    case 'media.pause':
    case 'media.seek':
    case 'media.rate':
    case 'media.next':
    case 'media.stop':
    case 'media.measure':
    case 'media.queue':
    case 'media.unqueue':
      return mayPresent(actor) ? decideMedia(state, ctx, command) : refuse('NOT_ALLOWED');
    case 'board.change':
      if (!mayDraw(state, actor, command.payload)) return refuse('NOT_ALLOWED');
      if (!isLayer(state, actor, command.payload.layer)) return refuse('NOT_FOUND');
      return isOpenBoard(state, command.payload.boardId)
        ? decideBoardChange(ctx, command.payload)
        : refuse('NOT_FOUND');
    case 'layers.set':
      return mayPresent(actor) ? decideLayers(state, command.payload) : refuse('NOT_ALLOWED');
    case 'layer.reveal':
      if (!mayManage(actor)) return refuse('NOT_ALLOWED');
      return isOpenBoard(state, command.payload.boardId)
        ? decideReveal(state, ctx, command.payload)
        : refuse('NOT_FOUND');
    case 'laser.move':
      if (!rightsOf(state, actor).draw) return refuse('NOT_ALLOWED');
      return isOpenBoard(state, command.payload.boardId)
        ? toAll({ type: 'laser.moved', payload: command.payload })
        : refuse('NOT_FOUND');
    case 'chat.send':
      return decideChat(state, actor, command);
    default:
      return command satisfies never;
  }
}

type Of<T extends CommandBody['type']> = Extract<CommandBody, { type: T }>;

function decideHand(state: RoomState, actor: Person, command: Of<'hand.raise' | 'hand.lower'>): Decision {
  if (command.type === 'hand.raise') {
    if (!personIn(state, actor.id)) return refuse('NOT_FOUND');
    return actor.handRaisedAt === null
      ? toAll({ type: 'hand.raised', payload: { participantId: actor.id } })
      : NOTHING;
  }
  const { participantId } = command.payload;
  if (participantId !== actor.id && !mayManage(actor)) return refuse('NOT_ALLOWED');
  const target = personIn(state, participantId);
  if (!target) return refuse('NOT_FOUND');
  return target.handRaisedAt === null ? NOTHING : toAll({ type: 'hand.lowered', payload: { participantId } });
}

function decideManagement(
  state: RoomState,
  actor: Person,
  command: Of<
    'rights.set' | 'defaults.set' | 'looking.set' | 'person.mute' | 'person.remove' | 'person.readmit'
  >,
): Decision {
  if (command.type === 'defaults.set') return toAll({ type: 'defaults.changed', payload: command.payload });
  if (command.type === 'looking.set') {
    const { allowed } = command.payload;
    return mayLookAround(state) === allowed
      ? NOTHING
      : toAll({ type: 'looking.changed', payload: { allowed } });
  }
  const target = personIn(state, command.payload.participantId);
  if (!target) return refuse('NOT_FOUND');
  if (!mayManagePerson(actor, target)) return refuse('NOT_ALLOWED');
  if (command.type === 'person.readmit')
    return target.removed ? toAll({ type: 'person.readmitted', payload: command.payload }) : NOTHING;
  if (target.removed) return command.type === 'person.remove' ? NOTHING : refuse('NOT_FOUND');
  switch (command.type) {
    case 'rights.set':
      return toAll({ type: 'rights.changed', payload: command.payload });
    case 'person.mute':
      return toAll({ type: 'person.muted', payload: command.payload });
    case 'person.remove':
      return toAll({ type: 'person.removed', payload: command.payload });
    default:
      return command satisfies never;
  }
}

function decideStage(
  state: RoomState,
  ctx: DecideContext,
  command: Of<
    | 'document.open'
    | 'document.close'
    | 'board.open'
    | 'stage.show'
    | 'page.turn'
    | 'document.rotate'
    | 'viewport.move'
  >,
): Decision {
  switch (command.type) {
    case 'document.open':
      return openDocument(state, ctx, command.payload.documentId);
    case 'document.close': {
      const { documentId } = command.payload;
      return isOpenDocument(state, documentId)
        ? toAll({ type: 'document.closed', payload: { documentId } })
        : NOTHING;
    }
    case 'board.open': {
      const { boardId, title } = command.payload;
      if (pageOfBoard(boardId)) return refuse('BAD_INPUT');
      const shown: EventBody = { type: 'stage.shown', payload: { stage: { kind: 'board', boardId } } };
      if (isOpenBoard(state, boardId)) return toAll(shown);
      if (state.boards.length >= MAX_OPEN_TABS) return refuse('TOO_LARGE');
      return toAll({ type: 'board.opened', payload: { boardId, title } }, shown);
    }
    case 'stage.show': {
      const { stage } = command.payload;
      return isShowable(state, stage) ? toAll(...showing(state, stage)) : refuse('NOT_FOUND');
    }
    case 'page.turn': {
      return turnPage(state, command.payload);
    }
    case 'document.rotate': {
      const document = state.documents.find((open) => open.id === command.payload.documentId);
      if (!document) return refuse('NOT_FOUND');
      return (document.rotation ?? 0) === command.payload.rotation
        ? NOTHING
        : toAll({ type: 'document.rotated', payload: command.payload });
    }
    case 'viewport.move': {
      const { viewport } = command.payload;
      if (viewport && isNothing(viewport)) return refuse('BAD_INPUT');
      return toAll({ type: 'viewport.moved', payload: { viewport } });
    }
    default:
      return command satisfies never;
  }
}

function isNothing({ width, height }: Viewport): boolean {
  return width <= 0 || height <= 0;
}

/** The part of the new page that is to be seen comes with the turn: nobody sees the whole page in between. */
function turnPage(state: RoomState, { documentId, page, viewport }: Of<'page.turn'>['payload']): Decision {
  const document = state.documents.find((open) => open.id === documentId);
  if (!document) return refuse('NOT_FOUND');
  if (page > document.pageCount || (viewport && isNothing(viewport))) return refuse('BAD_INPUT');
  if (document.page === page) return NOTHING;
  const turned: EventBody = { type: 'page.turned', payload: { documentId, page } };
  const isShown = state.stage.kind === 'document' && state.stage.documentId === documentId;
  return viewport && isShown
    ? toAll(turned, { type: 'viewport.moved', payload: { viewport } })
    : toAll(turned);
}

/** Opens the tab and shows it; a document that is open already is only shown. */
function openDocument(state: RoomState, ctx: DecideContext, documentId: string): Decision {
  const shown = showing(state, { kind: 'document', documentId });
  if (isOpenDocument(state, documentId)) return toAll(...shown);
  const facts = ctx.documents.get(documentId);
  if (!facts || facts.pageCount < 1) return refuse('NOT_FOUND');
  if (state.documents.length >= MAX_OPEN_TABS) return refuse('TOO_LARGE');
  const { plays: _, ...shownFacts } = facts;
  return toAll({ type: 'document.opened', payload: { documentId, ...shownFacts } }, ...shown);
}

/** What puts a tab on the stage, where its presenter left it. */
function showing(state: RoomState, stage: Stage): EventBody[] {
  const shown: EventBody = { type: 'stage.shown', payload: { stage } };
  const viewport =
    stage.kind === 'document' && state.documents.find(({ id }) => id === stage.documentId)?.viewport;
  return viewport ? [shown, { type: 'viewport.moved', payload: { viewport } }] : [shown];
}

function decideChat(state: RoomState, actor: Person, command: Of<'chat.send'>): Decision {
  const { text, to } = command.payload;
  if (!mayChat(actor)) return refuse('NOT_ALLOWED');
  const body: EventBody = { type: 'chat.sent', payload: { text, authorName: actor.name, to } };
  if (to === null) return toAll(body);
  const target = personIn(state, to);
  if (!target || target.removed) return refuse('NOT_FOUND');
  return { events: [{ body, audience: { staff: false, participants: [actor.id, to] } }] };
}

const NOTHING: Decision = { events: [] };

function refuse(code: RefusalCode): Decision {
  return { refusal: code };
}

function toAll(...bodies: readonly EventBody[]): Decision {
  return { events: bodies.map((body) => ({ body, audience: 'everyone' })) };
}

/** The actor as a person of the room; the database's role and name count, also before their first stream is open. */
function actorIn(state: RoomState, actor: Actor): Person {
  const known = personIn(state, actor.id);
  return {
    id: actor.id,
    name: actor.name,
    role: actor.role,
    connections: known?.connections ?? [],
    handRaisedAt: known?.handRaisedAt ?? null,
    rights: known?.rights ?? null,
    removed: known?.removed ?? false,
  };
}

/** `shared`, one's own, or that of somebody whom the room knows. */
function isLayer(state: RoomState, actor: Person, layer: Layer): boolean {
  return layer === 'shared' || layer === actor.id || personIn(state, layer) !== undefined;
}

function isOpenDocument(state: RoomState, documentId: string): boolean {
  return state.documents.some((document) => document.id === documentId);
}

function isOpenBoard(state: RoomState, boardId: string): boolean {
  const of = pageOfBoard(boardId);
  if (!of) return state.boards.some((board) => board.id === boardId);
  return state.documents.some(
    (document) => document.id === of.documentId && of.page >= 1 && of.page <= document.pageCount,
  );
}

function isShowable(state: RoomState, stage: Stage): boolean {
  switch (stage.kind) {
    case 'empty':
      return true;
    case 'document':
      return isOpenDocument(state, stage.documentId);
    case 'board':
      return state.boards.some((board) => board.id === stage.boardId);
    case 'media':
      return Boolean(state.media?.playing);
    case 'screen': {
      const person = personIn(state, stage.participantId);
      return person !== undefined && !person.removed && person.connections.length > 0;
    }
    default:
      return stage satisfies never;
  }
}
