import type { Audience } from './audience';
import { BoardDraft, type BoardRecord, endsOf, parentOf, withDependants } from './boards';
import type { CommandBody } from './commands';
import type { DecideContext, Decision } from './decision';
import { MAX_BOARD_RECORDS } from './limits';

type BoardChange = Extract<CommandBody, { type: 'board.change' }>['payload'];

/**
 * Decides a board change by somebody who may draw there. A bad record is refused alone; a change of which nothing is left
 * for that reason is refused whole. What goes along with a deleted record is named in the event.
 */
export function decideBoardChange(ctx: DecideContext, change: BoardChange): Decision {
  const board = ctx.board(change.boardId, change.layer);
  const removed = withDependants(board, change.removed);
  const after = new BoardDraft(board);
  after.fold({ put: [], removed });

  const refused = new Set<string>();
  const good = new Map<string, BoardRecord>();
  for (const raw of change.put) {
    const checked = ctx.validateRecord(raw);
    // The last write of an id counts, also when it is the bad one.
    good.delete(raw.id);
    refused.delete(raw.id);
    if (checked.ok && checked.record.id === raw.id && keepsType(checked.record, after))
      good.set(raw.id, checked.record);
    else refused.add(raw.id);
  }
  for (const id of withoutHold(good, after)) refused.add(id);

  const put = [...good.values()];
  if (put.length === 0 && removed.length === 0)
    return refused.size > 0 ? { refusal: 'BAD_RECORD' } : { events: [] };
  after.fold({ put, removed: [] });
  if (after.size > MAX_BOARD_RECORDS) return { refusal: 'TOO_LARGE' };

  const { stroke } = change;
  const audience: Audience =
    change.layer === 'shared' ? 'everyone' : { staff: true, participants: [change.layer] };
  return {
    events: [
      {
        audience,
        body: {
          type: 'board.changed',
          payload: {
            boardId: change.boardId,
            layer: change.layer,
            put,
            removed,
            stroke: stroke && {
              shapeId: stroke.shapeId,
              startedAt: Math.round(ctx.now - stroke.startedMsAgo),
              offsets: stroke.offsets,
            },
          },
        },
      },
    ],
    ...(refused.size > 0 ? { refusedRecords: [...refused] } : {}),
  };
}

/** A record that turns into another type is a mistake or an attack: no tool does it, and what draws it may not stand it. */
function keepsType(record: BoardRecord, board: BoardDraft): boolean {
  const before = board.get(record.id);
  return !before || (before.typeName === record.typeName && before.type === record.type);
}

/**
 * Takes the records out of `good` that hang in the air, and tells their ids: a parent or an end of a binding that is not
 * there, a binding that is not from an arrow to another shape, or a shape that lies in itself, at whatever distance.
 */
function withoutHold(good: Map<string, BoardRecord>, board: BoardDraft): string[] {
  const find = (id: string) => good.get(id) ?? board.get(id);
  const loose: string[] = [];
  for (let before = -1; before !== loose.length; ) {
    before = loose.length;
    for (const record of good.values()) {
      if (isHeld(record, find) && liesOnPage(record, find)) continue;
      good.delete(record.id);
      loose.push(record.id);
    }
  }
  return loose;
}

/** What draws the board trusts that a binding begins at an arrow, and ends at something that is none. */
function isHeld(record: BoardRecord, find: (id: string) => BoardRecord | undefined): boolean {
  if (record.typeName !== 'binding') return true;
  const [from, to] = endsOf(record).map(find);
  return from?.type === 'arrow' && to?.typeName === 'shape' && to.type !== 'arrow';
}

function liesOnPage(record: BoardRecord, find: (id: string) => BoardRecord | undefined): boolean {
  const passed = new Set<string>([record.id]);
  for (let parent = parentOf(record); parent !== null; ) {
    if (passed.has(parent)) return false;
    passed.add(parent);
    const above = find(parent);
    if (!above) return false;
    parent = parentOf(above);
  }
  return true;
}
