'use client';

import { Phone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { placeCall } from '@/components/calls/verbs';
import { Button } from '@/components/ui/button';
import { useAttempt } from '@/components/ui/use-attempt';
import type { News } from './use-bell';

/** Rings who called in vain. */
export function CallBack({ news: { courseId, facts }, onLeave }: { news: News; onLeave: () => void }) {
  const t = useTranslations('bell');
  const attempt = useAttempt();
  if (!courseId) return null;
  const person = { id: String(facts.personId), name: String(facts.name) };

  async function call(course: string) {
    if (!courseId) return;
    onLeave();
    await attempt(() => placeCall({ courseId, course, person }));
  }

  return (
    <Button
      size="small"
      className="mt-1.5"
      icon={<Phone size={14} aria-hidden />}
      aria-label={t('callBackTo', { name: person.name })}
      onClick={() => void call(String(facts.course))}
    >
      {t('callBack')}
    </Button>
  );
}
