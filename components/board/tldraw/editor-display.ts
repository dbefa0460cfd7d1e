import type { Editor, TLRecord, TLShapeId } from 'tldraw';
import { type BoardRecord, parentOf } from '@/room/boards';
import type { BoardDisplay } from '../board-session';

const MARKED = 'board-refused';

/** More than this is not put on the screen at once: it would hold the whole page for longer than a hand notices. */
const AT_ONCE = 60;

/**
 * Shows a session's records in a tldraw editor. What comes this way is nobody's undo. A full page comes in parts, a part a frame;
 * `onSettled` is called when all of it is there.
 */
export function createEditorDisplay(editor: Editor, onSettled: () => void): BoardDisplay & { clear(): void } {
  const { store } = editor;
  const isThere = (id: string) => store.has(id as TLShapeId);
  const elementOf = (id: string) =>
    editor.getContainer().querySelector(`[id="${CSS.escape(id)}"], [data-shape-id="${CSS.escape(id)}"]`);
  /** What is still to be shown, in its order; null takes a record away. */
  const waiting = new Map<string, BoardRecord | null>();
  /** Looking for a shape's element goes through all of a full page: only those that are marked are looked for. */
  const marked = new Set<string>();
  let frame = 0;

  function apply(put: readonly BoardRecord[], removed: readonly string[]) {
    const gone = removed.filter(isThere);
    if (put.length === 0 && gone.length === 0) return;
    store.mergeRemoteChanges(() => {
      if (gone.length > 0) store.remove(gone as TLShapeId[]);
      if (put.length > 0) store.put(put as unknown as TLRecord[]);
    });
    for (const { id } of put) if (marked.delete(id)) elementOf(id)?.classList.remove(MARKED);
  }

  function nextPart() {
    frame = 0;
    const part = [...waiting].slice(0, AT_ONCE);
    for (const [id] of part) waiting.delete(id);
    apply(
      part.flatMap(([, record]) => (record ? [record] : [])),
      part.flatMap(([id, record]) => (record ? [] : [id])),
    );
    if (waiting.size > 0) frame = requestAnimationFrame(nextPart);
    else onSettled();
  }

  return {
    isSettled: () => waiting.size === 0,
    show(put, removed) {
      if (waiting.size === 0 && put.length <= AT_ONCE) return apply(put, removed);
      for (const id of removed) waiting.set(id, null);
      for (const record of put.toSorted((one, other) => rankOf(one) - rankOf(other))) {
        waiting.delete(record.id);
        waiting.set(record.id, record);
      }
      // The frame before the first part shows the page itself.
      frame ||= requestAnimationFrame(() => {
        frame = requestAnimationFrame(nextPart);
      });
    },
    mark(ids) {
      for (const id of ids) {
        marked.add(id);
        elementOf(id)?.classList.add(MARKED);
      }
    },
    clear() {
      cancelAnimationFrame(frame);
      frame = 0;
      waiting.clear();
      marked.clear();
      const ids = store
        .allRecords()
        .filter(isOfBoard)
        .map(({ id }) => id);
      if (ids.length > 0) store.mergeRemoteChanges(() => store.remove(ids));
    },
  };
}

/** What hangs on something comes after it: shapes in others after those on the page, and bindings last. */
function rankOf(record: BoardRecord): number {
  if (record.typeName === 'binding') return 2;
  return parentOf(record) === null ? 0 : 1;
}

function isOfBoard(record: TLRecord): boolean {
  return record.typeName === 'shape' || record.typeName === 'binding';
}
