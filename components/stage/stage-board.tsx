'use client';

import { Suspense } from 'react';
import { lazyPart } from '@/components/ui/lazy-part';
import { useRoomLog } from '@/components/room-log/use-room';
import type { PageGeometry } from './page-geometry';

// The page is there before the marks on it, and does not wait for their code.
const BoardStack = lazyPart(async () => ({
  default: (await import('@/components/board/board-stack')).BoardStack,
}));

export type StageBoardProps = {
  boardId: string;
  /** Where the page, or a blank board's paper, lies under the board. */
  geometry: PageGeometry;
  /** Over the page and upright however it lies; null: where the board is. */
  above: HTMLElement | null;
  /** The viewer may draw now. Without it the board lets every gesture through to what lies below. */
  mayDraw: boolean;
  /** They do not draw now, whatever they may. */
  penAway: boolean;
};

/** The board of a page or a blank one with its layers, drawn over the whole stage. */
export function StageBoard({ boardId, geometry, above, mayDraw, penAway }: StageBoardProps) {
  const log = useRoomLog();
  return (
    <Suspense>
      <BoardStack
        log={log}
        boardId={boardId}
        geometry={geometry}
        above={above}
        canDraw={mayDraw}
        penAway={penAway}
      />
    </Suspense>
  );
}
