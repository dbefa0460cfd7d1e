'use client';

import { PhoneOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { useCall } from '@/components/ui/use-call';
import type { CallView } from '@/server/router';
import { CallSheet } from './call-sheet';
import { cancelCall } from './verbs';

/** It rings at the other one's. */
export function OutgoingCall({ call, here }: { call: CallView; here: boolean }) {
  const t = useTranslations('calls.ring');
  const wish = useCall();
  return (
    <CallSheet
      pulses
      person={call.person}
      title={t('outgoing', { name: call.person.name })}
      text={wish.sentence ?? call.course.title}
    >
      <Button
        variant="danger"
        className="flex-1"
        icon={<PhoneOff size={16} aria-hidden />}
        busy={wish.busy}
        autoFocus={here}
        onClick={() => void wish.run(() => cancelCall(call))}
      >
        {t('cancel')}
      </Button>
    </CallSheet>
  );
}
