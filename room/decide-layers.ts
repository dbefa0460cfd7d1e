import { type BoardRecord, tabOfBoard } from './boards';
import type { CommandBody } from './commands';
import { type DecideContext, type Decision, NOTHING, refuse, toAll } from './decision';
import type { EventBody } from './events';
import { MAX_COPIES, MAX_REVEALED_CHARACTERS } from './limits';
import { personIn, type RoomState } from './state';

type Of<T extends CommandBody['type']> = Extract<CommandBody, { type: T }>['payload'];

/** Lets everybody work on a copy of their own in a tab that is open, or ends that: what they have stays theirs. */
export function decideLayers(state: RoomState, { tab, open }: Of<'layers.set'>): Decision {
  const isOpen = state.documents.some(({ id }) => id === tab) || state.boards.some(({ id }) => id === tab);
  if (!isOpen) return refuse('NOT_FOUND');
  const { copies = {} } = state;
  const before = Object.hasOwn(copies, tab) ? copies[tab] : undefined;
  if (open ? before === 'open' : before !== 'open') return NOTHING;
  if (before === undefined && Object.keys(copies).length >= MAX_COPIES) return refuse('TOO_LARGE');
  return toAll({ type: 'layers.changed', payload: { tab, copies: open ? 'open' : 'kept' } });
}

/**
 * Shows everyone somebody's layer as it is now: its records are appended once more, for everyone, in the place of what was shown on
 * this board before. In parts, since a full layer is larger than an event may be.
 */
export function decideReveal(
  state: RoomState,
  ctx: Pick<DecideContext, 'board'>,
  { boardId, participantId }: Of<'layer.reveal'>,
): Decision {
  const shown = ctx.board(boardId, 'revealed');
  const before = [...shown.values()].map(({ id }) => id);
  const told: EventBody = { type: 'layer.revealed', payload: { boardId, participantId } };
  if (participantId === null) {
    if (state.revealed?.boardId !== boardId) return NOTHING;
    return toAll(...(before.length > 0 ? [copied(boardId, before, [])] : []), told);
  }
  if (!personIn(state, participantId)) return refuse('NOT_FOUND');
  if (!state.copies || !Object.hasOwn(state.copies, tabOfBoard(boardId))) return refuse('NOT_FOUND');
  const parts = partsOf([...ctx.board(boardId, participantId).values()]);
  const [first = [], ...rest] = parts;
  return toAll(
    ...(before.length + first.length > 0 ? [copied(boardId, before, first)] : []),
    ...rest.map((part) => copied(boardId, [], part)),
    told,
  );
}

function copied(boardId: string, removed: readonly string[], put: readonly BoardRecord[]): EventBody {
  return { type: 'board.changed', payload: { boardId, layer: 'revealed', put, removed, stroke: null } };
}

function partsOf(records: readonly BoardRecord[]): BoardRecord[][] {
  const parts: BoardRecord[][] = [];
  let characters = MAX_REVEALED_CHARACTERS;
  for (const record of records) {
    const length = JSON.stringify(record).length;
    if (characters + length > MAX_REVEALED_CHARACTERS) {
      parts.push([]);
      characters = 0;
    }
    characters += length;
    parts.at(-1)?.push(record);
  }
  return parts;
}
