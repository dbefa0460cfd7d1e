'use client';

import { useTranslations } from 'next-intl';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { useRoomLog } from '@/components/room-log/use-room';
import { toast } from '@/components/ui/toast';

/** Opens a blank board and shows it to everyone. */
export function useNewBoard(): () => Promise<void> {
  const t = useTranslations('stage');
  const sentenceOf = useRefusalSentence();
  const log = useRoomLog();
  return async () => {
    const boardId = `board:${crypto.randomUUID()}`;
    const { boards, closings = 0 } = log.getView().head;
    // A number that no board has had: the closed ones keep theirs.
    const title = t('board', { number: boards.length + closings + 1 });
    const opened = await log.send({ type: 'board.open', payload: { boardId, title } });
    if (!opened.ok)
      await toast(opened.code === 'TOO_LARGE' ? t('boardsFull') : sentenceOf(opened), { tone: 'error' });
  };
}
