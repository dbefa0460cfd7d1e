'use client';

import type { PageGeometry } from './page-geometry';

export type StageBoardProps = {
  roomId: string;
  boardId: string;
  /** Where the page lies under the board; null for a blank board, which has the whole stage to itself. */
  geometry: PageGeometry | null;
  /** The viewer may draw now. Without it the board lets every gesture through to what lies below. */
  mayDraw: boolean;
};

/** The board of a page or a blank one, drawn over the whole stage. */
export function StageBoard({ boardId }: StageBoardProps) {
  return <div data-board={boardId} className="pointer-events-none absolute inset-0" />;
}
