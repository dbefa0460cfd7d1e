'use client';

import { useMemo, useRef } from 'react';
import { BoardToolsSlot } from '@/components/board/tools-slot';
import { useMe } from '@/components/room-log/use-room';
import { useSize } from '../classroom/use-size';
import { LookingAround } from './looking-around';
import { useBoardActions } from './page-actions';
import { placePage, ZOOM_STEP, zoomViewport } from './page-geometry';
import { placeRegion } from './page-region';
import { PageTools } from './page-tools';
import { PAPER } from './paper';
import { StageBoard } from './stage-board';
import type { FullScreen } from './use-full-screen';
import { usePageGestures } from './use-page-gestures';
import { usePageKeys } from './use-page-keys';
import type { StageView } from './use-stage-view';

type Props = { boardId: string; view: StageView; compact: boolean; fullScreen: FullScreen };

/** A blank board: an empty sheet, as large as fits or the part of it that everyone looks at, and what is drawn on it. */
export function BoardOnStage({ boardId, view, compact, fullScreen }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const { rights } = useMe();
  const { viewport, mayMove, move } = view;
  const stage = useSize(frame);
  const geometry = useMemo(
    () => (stage && stage.width > 0 && stage.height > 0 ? placePage(PAPER, stage, viewport) : null),
    [stage, viewport],
  );
  usePageGestures(frame, { geometry, viewport, onMove: mayMove ? move : undefined });
  usePageKeys({
    turn: null,
    zoom: (direction) => move(direction === 0 ? null : zoomViewport(viewport, ZOOM_STEP ** direction)),
    find: null,
    fullScreen: () => fullScreen?.toggle(),
  });
  return (
    <>
      <div className="relative min-h-0 flex-1">
        <div ref={frame} className="relative size-full touch-none overflow-hidden overscroll-none">
          {geometry && (
            <div className="pointer-events-none absolute inset-0">
              <div
                data-paper=""
                className="absolute rounded-sm bg-white"
                style={placeRegion({ x: 0, y: 0, ...PAPER }, geometry)}
              />
              <StageBoard
                boardId={boardId}
                geometry={geometry}
                above={null}
                mayDraw={rights.draw}
                penAway={compact}
              />
            </div>
          )}
        </div>
        <LookingAround view={view} />
      </div>
      <BoardBar view={view} reserved={rights.draw && !compact} compact={compact} fullScreen={fullScreen} />
    </>
  );
}

type BarProps = Omit<Props, 'boardId'> & { reserved: boolean };

/** The pen's tools, and what one can do with the board. */
function BoardBar({ view, reserved, compact, fullScreen }: BarProps) {
  const actions = useBoardActions(view, fullScreen);
  return (
    <div className="@container/bar flex min-h-2 shrink-0 flex-wrap items-center gap-x-1 px-2 text-white/75 text-xs tabular-nums">
      <div className="hidden flex-1 lg:block" />
      <div className="w-full lg:w-auto">
        <BoardToolsSlot reserved={reserved} />
      </div>
      {!compact && actions.length > 0 && (
        <div className="flex h-10 flex-1 items-center justify-end gap-1">
          <PageTools view={view} actions={actions} />
        </div>
      )}
    </div>
  );
}
