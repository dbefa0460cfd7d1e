import { useTranslations } from 'next-intl';
import { useAsk } from '@/components/room-log/use-ask';
import { toast } from '@/components/ui/toast';
import type { Knock } from '@/room/state';

/** Lets people in who ask, or turns them away, with ten seconds to think again. */
export function useDoorVerbs() {
  const t = useTranslations('classroom.door');
  const ask = useAsk();

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
