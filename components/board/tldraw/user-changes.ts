import type { Editor, RecordsDiff, TLRecord } from 'tldraw';
import type { BoardRecord } from '@/room/boards';
import type { Urgency } from '../board-outbox';
import type { BoardSession } from '../board-session';
import type { LiveSender } from '../live-sender';
import type { StrokeClock } from '../stroke-clock';

type Listener = { session: BoardSession; clock: StrokeClock; sender: LiveSender };

/** Hands what the person at this tab does to the session, and a stroke in the making to the live sender. */
export function followUserChanges(editor: Editor, { session, clock, sender }: Listener): () => void {
  const take = (changes: RecordsDiff<TLRecord>) => {
    const put = [
      ...Object.values(changes.added),
      ...Object.values(changes.updated).map(([, after]) => after),
    ].filter(belongsToBoard);
    const removed = Object.values(changes.removed)
      .filter(belongsToBoard)
      .map((record) => record.id);
    const strokes = put.filter(isUnfinishedStroke);
    const now = performance.now();
    for (const stroke of strokes) {
      clock.note(stroke, now);
      sender.draw(stroke, now);
    }
    const finished = put.filter((record) => !isUnfinishedStroke(record));
    if (finished.some((record) => isStroke(record)) || removed.length > 0) sender.lift();
    if (strokes.length > 0) session.change(strokes, [], 'partOfStroke');
    if (finished.length > 0 || removed.length > 0) {
      session.change(finished, removed, urgencyOf(editor, finished, removed));
    }
  };
  return editor.store.listen(({ changes }) => take(changes), { source: 'user', scope: 'document' });
}

function urgencyOf(editor: Editor, finished: readonly BoardRecord[], removed: readonly string[]): Urgency {
  if (removed.length > 0 || finished.some(isStroke)) return 'now';
  return editor.getEditingShapeId() ? 'text' : 'soon';
}

function belongsToBoard(record: TLRecord): record is TLRecord & BoardRecord {
  return record.typeName === 'shape' || record.typeName === 'binding';
}

function isStroke(record: BoardRecord): boolean {
  return record.type === 'draw' || record.type === 'highlight';
}

function isUnfinishedStroke(record: BoardRecord): boolean {
  return isStroke(record) && !(record.props as { isComplete: boolean }).isComplete;
}
