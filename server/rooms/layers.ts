import type { BoardRecord, Layer } from '@/room/boards';
import { unpackRecord } from '@/room/packed-strokes';
import type { App } from '../app';
import { selectLayers } from './queries/layers';
import { boardAt } from './room-cache';

/** A layer of a board that something was drawn on once, and its last change. */
export type MarkedLayer = { boardId: string; layer: Layer; seq: number };

/** The layers that these boards have in a room. */
export function listLayers(
  app: Pick<App, 'db'>,
  roomId: string,
  boardIds: readonly string[],
): Promise<MarkedLayer[]> {
  return selectLayers(app.db, roomId, boardIds);
}

/** The records of a layer after its change `seq`, or later ones, as tldraw has them. */
export async function readLayer(
  app: Pick<App, 'db'>,
  roomId: string,
  { boardId, layer, seq }: MarkedLayer,
): Promise<BoardRecord[]> {
  return [...(await boardAt(app.db, { roomId, boardId, layer }, seq)).values()].map(unpackRecord);
}
