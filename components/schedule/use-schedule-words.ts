import { useTranslations } from 'next-intl';
import type { useCall } from '@/components/ui/use-call';

type Overlap = { title: string | null; teacherName: string };

/** What scheduling says: what is wrong with a field, and what else happens at that time. */
export function useScheduleWords({ field, reason }: Pick<ReturnType<typeof useCall>, 'field' | 'reason'>) {
  const t = useTranslations('schedule');
  return {
    problem: (name: string): string | null => {
      if (field !== name) return null;
      const key = `problem.${reason ?? field}`;
      return t.has(key) ? t(key) : t(`problem.${field}`);
    },
    overlapSentence: ({ title, teacherName }: Overlap) =>
      title === null ? t('busy', { teacher: teacherName }) : t('overlaps', { title }),
  };
}
