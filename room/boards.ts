/** `shared`, or the id of the participant whose private layer it is. */
export type Layer = 'shared' | (string & {});

/** A tldraw record as it travels: checked by the record validator on the server before it is in the log (L8). */
export type BoardRecord = { readonly id: string; readonly typeName: string; readonly [field: string]: unknown };

/** The board of a document's page. Pages count from 1. */
export function pageBoardId(documentId: string, page: number): string {
  return `page:${documentId}:${page}`;
}

/** The one page that a board's shapes lie on: every board and layer is a store of its own. */
export const BOARD_PAGE_ID = 'page:page';
