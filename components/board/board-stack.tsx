'use client';

import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { RoomLog } from '@/components/room-log/types';
import { useMe, useRoom } from '@/components/room-log/use-room';
import type { PageGeometry } from '@/components/stage/page-geometry';
import { copiesOf, mayDraw, mayHaveCopy } from '@/room/policy';
import { BoardLayer } from './board-layer';
import { CopiesBar } from './copies/copies-bar';
import { CopiesGrid } from './copies/copies-grid';
import { useCopiesView } from './copies/copies-view';
import { useAfterPaint } from './use-after-paint';

export { loadTldraw } from './board-layer';

type Props = {
  log: RoomLog;
  boardId: string;
  geometry: PageGeometry;
  /** Where what is to be read and pressed goes: it stands upright however the page lies. Null: here. */
  above: HTMLElement | null;
  canDraw: boolean;
  /** The pen is away: nothing is drawn now, on whichever layer one may. */
  penAway: boolean;
};

/**
 * The layers of a board over its page: what everyone sees, the copy that everyone is shown, and above them one's own copy, or the one
 * that a teacher has opened. One of them has the pen.
 */
export function BoardStack({ log, boardId: wanted, geometry, above: slot, canDraw, penAway }: Props) {
  // A page is there before the marks on it; those of the page before are not seen on it, and a pen that is quicker still waits for none.
  const [boardId, catchUp] = useAfterPaint(wanted);
  const late = boardId !== wanted;
  const { person: me, mayManage } = useMe();
  const copies = useRoom((view) => copiesOf(view.head, boardId));
  const revealed = useRoom((view) =>
    view.head.revealed?.boardId === boardId ? view.head.revealed.participantId : null,
  );
  const { opened, gridOpen, hidden } = useCopiesView();
  // As long as everyone is shown one copy, everyone looks at that one.
  const own = copies && mayHaveCopy(me) && !revealed && !(hidden && copies === 'kept') ? me.id : null;
  const above = mayManage && copies ? opened : own;
  const drawsAbove = useRoom(
    ({ head }) =>
      above !== null &&
      !penAway &&
      (above !== me.id || copies === 'open') &&
      mayDraw(head, head.people[me.id] ?? me, { boardId, layer: above }),
  );
  const upright = (children: ReactNode) => (slot ? createPortal(children, slot) : children);
  const common = { log, boardId, geometry, upright };
  return (
    <>
      <div className={late ? 'opacity-0' : undefined} onPointerDownCapture={late ? catchUp : undefined}>
        <BoardLayer {...common} layer="shared" canDraw={canDraw && !penAway && !drawsAbove} />
        {revealed && !above && <BoardLayer {...common} layer="revealed" canDraw={false} />}
        {above && <BoardLayer key={above} {...common} layer={above} canDraw={drawsAbove} />}
      </div>
      {upright(
        mayManage && copies && gridOpen ? (
          <CopiesGrid log={log} boardId={boardId} geometry={geometry} />
        ) : (
          <CopiesBar boardId={boardId} copies={copies} revealed={revealed} />
        ),
      )}
    </>
  );
}
