'use client';

import { useTranslations } from 'next-intl';
import { useAsk } from '@/components/room-log/use-ask';
import { useRoomLog } from '@/components/room-log/use-room';

/** Opens a blank board and shows it to everyone. */
export function useNewBoard(): () => Promise<void> {
  const t = useTranslations('stage');
  const ask = useAsk();
  const log = useRoomLog();
  return async () => {
    const boardId = `board:${crypto.randomUUID()}`;
    const { boards, closings = 0 } = log.getView().head;
    // A number that no board has had: the closed ones keep theirs.
    const title = t('board', { number: boards.length + closings + 1 });
    await ask({ type: 'board.open', payload: { boardId, title } }, { TOO_LARGE: t('boardsFull') });
  };
}
