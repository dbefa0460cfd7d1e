'use client';

import { useEffect } from 'react';
import { useMe, useRoom, useRoomLog } from '@/components/room-log/use-room';
import type { RoomLog } from '@/components/room-log/types';
import { pageBoardId } from '@/room/boards';
import type { RoomState } from '@/room/state';

/**
 * Fetches what the stage will need while people still look at their devices: the shown page's marks, and what draws them where
 * there are any. Shows nothing.
 */
export function StageAhead() {
  const log = useRoomLog();
  const { rights } = useMe();
  const boardId = useRoom((view) => boardOnStage(view.head));
  useEffect(() => {
    if (!boardId) return;
    // What is missing then is fetched again when it is shown.
    prepare(log, boardId, rights.draw).catch((error: unknown) =>
      console.warn('The stage is not prepared', error),
    );
  }, [log, boardId, rights.draw]);
  return null;
}

async function prepare(log: RoomLog, boardId: string, draws: boolean) {
  const hasMarks = log.boardAhead(boardId, 'shared');
  const { loadTldraw } = await import('@/components/board/board-stack');
  if (draws || (await hasMarks)) await loadTldraw();
}

function boardOnStage({ stage, documents }: RoomState): string | null {
  if (stage.kind === 'board') return stage.boardId;
  const document = stage.kind === 'document' && documents.find(({ id }) => id === stage.documentId);
  return document ? pageBoardId(document.id, document.page) : null;
}
