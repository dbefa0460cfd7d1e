import { pageOfBoard } from './boards';
import type { CommandBody } from './commands';
import { type DecideContext, type Decision, NOTHING, refuse, toAll } from './decision';
import type { EventBody } from './events';
import { MAX_OPEN_TABS } from './limits';
import { personIn, type RoomState, type Stage, type Viewport } from './state';

type Of<T extends CommandBody['type']> = Extract<CommandBody, { type: T }>;
type StageCommand = Of<
  | 'document.open'
  | 'document.close'
  | 'board.open'
  | 'board.close'
  | 'stage.show'
  | 'page.turn'
  | 'document.rotate'
  | 'viewport.move'
>;

/** What a presenter's command about tabs, pages and the part that is seen becomes. Who may, `decide` has asked. */
export function decideStage(state: RoomState, ctx: DecideContext, command: StageCommand): Decision {
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
      const shown = showing(state, { kind: 'board', boardId });
      if (isOpenBoard(state, boardId)) return toAll(...shown);
      if (state.boards.length >= MAX_OPEN_TABS) return refuse('TOO_LARGE');
      return toAll({ type: 'board.opened', payload: { boardId, title } }, ...shown);
    }
    case 'board.close': {
      const board = state.boards.find(({ id }) => id === command.payload.boardId);
      return board
        ? toAll({ type: 'board.closed', payload: { boardId: board.id, title: board.title } })
        : NOTHING;
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
    stage.kind === 'document'
      ? state.documents.find(({ id }) => id === stage.documentId)?.viewport
      : stage.kind === 'board' && state.boards.find(({ id }) => id === stage.boardId)?.viewport;
  return viewport ? [shown, { type: 'viewport.moved', payload: { viewport } }] : [shown];
}

function isOpenDocument(state: RoomState, documentId: string): boolean {
  return state.documents.some((document) => document.id === documentId);
}

/** A board that is open, or a page of a document that is. */
export function isOpenBoard(state: RoomState, boardId: string): boolean {
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
