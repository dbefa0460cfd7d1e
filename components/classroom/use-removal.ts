import { useTranslations } from 'next-intl';
import { useAsk } from '@/components/room-log/use-ask';
import { toast } from '@/components/ui/toast';
import type { Person } from '@/room/state';

/** Takes somebody out at once, with ten seconds to think again; and lets in again who was taken out. */
export function useRemoval() {
  const t = useTranslations('classroom.people');
  const ask = useAsk();

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
