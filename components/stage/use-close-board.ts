'use client';

import { useTranslations } from 'next-intl';
import { useAsk } from '@/components/room-log/use-ask';
import { useRoomLog } from '@/components/room-log/use-room';
import { toast } from '@/components/ui/toast';

/** Closes a blank board's tab for everyone, says that nothing is lost, and can take it back. */
export function useCloseBoard(): (boardId: string, title: string) => Promise<void> {
  const t = useTranslations('stage');
  const log = useRoomLog();
  const ask = useAsk();
  return async (boardId, title) => {
    if (!(await ask({ type: 'board.close', payload: { boardId } }))) return;
    const openAgain = () => void log.send({ type: 'board.open', payload: { boardId, title } });
    return toast(t('boardClosed', { title }), { action: { label: t('openAgain'), run: openAgain } });
  };
}
