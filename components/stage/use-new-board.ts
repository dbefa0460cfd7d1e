'use client';

import { useTranslations } from 'next-intl';
import { useRoomLog } from '@/components/room-log/use-room';

/** Opens a blank board and shows it to everyone. */
export function useNewBoard(): () => Promise<void> {
  const t = useTranslations('stage');
  const log = useRoomLog();
  return async () => {
    const boardId = `board:${crypto.randomUUID()}`;
    const title = t('board', { number: log.getView().head.boards.length + 1 });
    const opened = await log.send({ type: 'board.open', payload: { boardId, title } });
    if (opened.ok) await log.send({ type: 'stage.show', payload: { stage: { kind: 'board', boardId } } });
  };
}
