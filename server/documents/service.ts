import type { App } from '../app';

export type RoomDocument = { title: string; pageCount: number };

/**
 * What `document.open` needs to know. Null when there is no such document, when it is not ready, or when this person may
 * not show it in this room: people show what is theirs, and staff also what is the course owner's.
 */
export async function documentForRoom(
  _app: Pick<App, 'db'>,
  _ask: { documentId: string; roomId: string; userId: string | null },
): Promise<RoomDocument | null> {
  return null;
}
