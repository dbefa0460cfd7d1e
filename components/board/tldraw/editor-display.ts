import type { Editor, TLRecord, TLShapeId } from 'tldraw';
import type { BoardDisplay } from '../board-session';

const MARKED = 'board-refused';

/** Shows a session's records in a tldraw editor. What comes this way is nobody's undo. */
export function createEditorDisplay(editor: Editor): BoardDisplay & { clear(): void } {
  const { store } = editor;
  const isThere = (id: string) => store.has(id as TLShapeId);
  const elementOf = (id: string) =>
    editor.getContainer().querySelector(`[id="${CSS.escape(id)}"], [data-shape-id="${CSS.escape(id)}"]`);
  return {
    show(put, removed) {
      const gone = removed.filter(isThere);
      if (put.length === 0 && gone.length === 0) return;
      store.mergeRemoteChanges(() => {
        if (gone.length > 0) store.remove(gone as TLShapeId[]);
        if (put.length > 0) store.put(put as unknown as TLRecord[]);
      });
      for (const { id } of put) elementOf(id)?.classList.remove(MARKED);
    },
    mark(ids) {
      for (const id of ids) elementOf(id)?.classList.add(MARKED);
    },
    clear() {
      const ids = store
        .allRecords()
        .filter(isOfBoard)
        .map(({ id }) => id);
      if (ids.length > 0) store.mergeRemoteChanges(() => store.remove(ids));
    },
  };
}

function isOfBoard(record: TLRecord): boolean {
  return record.typeName === 'shape' || record.typeName === 'binding';
}
