'use client';

import { Phone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import { useAttempt } from '@/components/ui/use-attempt';
import type { Presence } from './use-reach';
import { placeCall } from './verbs';

type Props = {
  course: { id: string; title: string };
  person: { id: string; name: string };
  presence: Presence;
};

/** Rings somebody. Where they are not there it says so, and stays where it is: they may come any moment. */
export function CallButton({ course, person, presence }: Props) {
  const t = useTranslations('calls.people');
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const { name } = person;
  const away = presence === 'away';

  async function call() {
    if (away) return toast(t('awayHint', { name }));
    setBusy(true);
    await attempt(() => placeCall({ courseId: course.id, course: course.title, person }));
    setBusy(false);
  }

  return (
    <IconButton
      label={away ? t('callAway', { name }) : t(presence === 'busy' ? 'callBusy' : 'call', { name })}
      size="small"
      disabled={busy}
      aria-disabled={away || undefined}
      className={away ? 'opacity-40' : presence === 'online' ? 'text-accent!' : ''}
      onClick={() => void call()}
    >
      <Phone size={15} aria-hidden />
    </IconButton>
  );
}
