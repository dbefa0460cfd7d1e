import { useTranslations } from 'next-intl';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { useRoomLog } from '@/components/room-log/use-room';
import { toast } from '@/components/ui/toast';
import type { CommandBody } from '@/room/commands';
import type { Knock } from '@/room/state';

/** Lets people in who ask, or turns them away, with ten seconds to think again. */
export function useDoorVerbs() {
  const t = useTranslations('classroom.door');
  const log = useRoomLog();
  const sentenceOf = useRefusalSentence();

  async function ask(body: CommandBody): Promise<boolean> {
    const result = await log.send(body);
    if (!result.ok) await toast(sentenceOf(result), { tone: 'error' });
    return result.ok;
  }
  const admit = (knocks: readonly Pick<Knock, 'participantId'>[]) =>
    ask({
      type: 'door.admit',
      payload: { participantIds: knocks.map(({ participantId }) => participantId) },
    });
  async function deny(knock: Knock) {
    const { participantId, name } = knock;
    if (!(await ask({ type: 'door.deny', payload: { participantId } }))) return;
    await toast(t('wasDenied', { name }), {
      action: { label: t('admitAfterAll'), run: () => void admit([knock]) },
    });
  }
  const set = (door: { asks: boolean; locked: boolean }) => ask({ type: 'door.set', payload: door });
  return { admit, deny, set };
}
