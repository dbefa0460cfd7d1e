import { useTranslations } from 'next-intl';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { useRoomLog } from '@/components/room-log/use-room';
import { toast } from '@/components/ui/toast';
import type { CommandBody } from '@/room/commands';
import type { Person } from '@/room/state';

/** Takes somebody out at once, with ten seconds to think again; and lets in again who was taken out. */
export function useRemoval() {
  const t = useTranslations('classroom.people');
  const log = useRoomLog();
  const sentenceOf = useRefusalSentence();

  async function ask(body: CommandBody): Promise<boolean> {
    const result = await log.send(body);
    if (!result.ok) await toast(sentenceOf(result), { tone: 'error' });
    return result.ok;
  }
  const readmit = (person: Pick<Person, 'id'>) =>
    ask({ type: 'person.readmit', payload: { participantId: person.id } });
  async function remove(person: Pick<Person, 'id' | 'name'>) {
    if (!(await ask({ type: 'person.remove', payload: { participantId: person.id } }))) return;
    await toast(t('wasRemoved', { name: person.name }), {
      action: { label: t('undo'), run: () => void readmit(person) },
    });
  }
  return { remove, readmit };
}
