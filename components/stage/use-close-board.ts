'use client';

import { useTranslations } from 'next-intl';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { useRoomLog } from '@/components/room-log/use-room';
import { toast } from '@/components/ui/toast';

/** Closes a blank board's tab for everyone, says that nothing is lost, and can take it back. */
export function useCloseBoard(): (boardId: string, title: string) => Promise<void> {
  const t = useTranslations('stage');
  const sentenceOf = useRefusalSentence();
  const log = useRoomLog();
  return async (boardId, title) => {
    const closed = await log.send({ type: 'board.close', payload: { boardId } });
    if (!closed.ok) return toast(sentenceOf(closed), { tone: 'error' });
    const openAgain = () => void log.send({ type: 'board.open', payload: { boardId, title } });
    return toast(t('boardClosed', { title }), { action: { label: t('openAgain'), run: openAgain } });
  };
}
