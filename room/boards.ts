/** `shared`, `revealed` (a copy of somebody's layer that everyone is shown), or the id of the participant whose private layer it is. */
export type Layer = 'shared' | 'revealed' | (string & {});

/** A tldraw record as it travels: checked by the record validator on the server before it is in the log (L8). */
export type BoardRecord = {
  readonly id: string;
  readonly typeName: string;
  readonly [field: string]: unknown;
};

/** Records to write and ids to take away, as one step. */
export type BoardEdit = { readonly put: readonly BoardRecord[]; readonly removed: readonly string[] };

/** One layer of one board as `decide` sees it. */
export type BoardView = {
  readonly size: number;
  get(id: string): BoardRecord | undefined;
  values(): Iterable<BoardRecord>;
};

const PAGE_BOARD = /^page:([0-9a-f-]{36}):(\d{1,5})$/;

/** The board of a document's page. Pages count from 1. */
export function pageBoardId(documentId: string, page: number): string {
  return `page:${documentId}:${page}`;
}

/** The tab that a board lies in: its document's, or its own. */
export function tabOfBoard(boardId: string): string {
  return pageOfBoard(boardId)?.documentId ?? boardId;
}

/** The one page that a board's shapes lie on: every board and layer is a store of its own. */
export const BOARD_PAGE_ID = 'page:page';

/** The page that a board belongs to; null for a blank board. */
export function pageOfBoard(boardId: string): { documentId: string; page: number } | null {
  const [, documentId, page] = PAGE_BOARD.exec(boardId) ?? [];
  return documentId && page ? { documentId, page: Number(page) } : null;
}

/** The record that a shape lies in (a group or frame); null on the page itself. */
export function parentOf(record: BoardRecord): string | null {
  return typeof record.parentId === 'string' && record.parentId.startsWith('shape:') ? record.parentId : null;
}

/** The two shapes that a binding holds together. */
export function endsOf(record: BoardRecord): readonly string[] {
  if (record.typeName !== 'binding') return [];
  return [record.fromId, record.toId].filter((id): id is string => typeof id === 'string');
}

/** Everything that goes when `ids` go: what lies in them, and what is bound to them. Only ids that are there. */
export function withDependants(records: BoardView, ids: readonly string[]): string[] {
  const gone = new Set(ids.filter((id) => records.get(id)));
  for (let before = -1; gone.size > 0 && gone.size !== before; ) {
    before = gone.size;
    for (const record of records.values()) {
      const parent = parentOf(record);
      if ((parent && gone.has(parent)) || endsOf(record).some((end) => gone.has(end))) gone.add(record.id);
    }
  }
  return [...gone];
}

/** Folds a change into `records` itself: the last write of a record wins, deletes take their dependants along. */
export function foldBoard(records: Map<string, BoardRecord>, change: BoardEdit): void {
  for (const id of withDependants(records, change.removed)) records.delete(id);
  for (const record of change.put) records.set(record.id, record);
}

/** The records after a change; `records` stays as it was. */
export function applyBoard(
  records: ReadonlyMap<string, BoardRecord>,
  change: BoardEdit,
): Map<string, BoardRecord> {
  const next = new Map(records);
  foldBoard(next, change);
  return next;
}

/** A board with changes laid over it that are not yet true: what the rest of a batch is decided on. */
export class BoardDraft implements BoardView {
  readonly #base: BoardView;
  readonly #put = new Map<string, BoardRecord>();
  readonly #removed = new Set<string>();

  constructor(base: BoardView) {
    this.#base = base;
  }

  get size(): number {
    let added = 0;
    for (const id of this.#put.keys()) if (!this.#base.get(id)) added += 1;
    return this.#base.size + added - this.#removed.size;
  }

  get(id: string): BoardRecord | undefined {
    return this.#put.get(id) ?? (this.#removed.has(id) ? undefined : this.#base.get(id));
  }

  *values(): Iterable<BoardRecord> {
    for (const record of this.#base.values()) {
      if (!this.#put.has(record.id) && !this.#removed.has(record.id)) yield record;
    }
    yield* this.#put.values();
  }

  /** Lays a change over the board, by the same rule as `foldBoard`. */
  fold(change: BoardEdit): void {
    for (const id of withDependants(this, change.removed)) {
      this.#put.delete(id);
      if (this.#base.get(id)) this.#removed.add(id);
    }
    for (const record of change.put) {
      this.#removed.delete(record.id);
      this.#put.set(record.id, record);
    }
  }
}
