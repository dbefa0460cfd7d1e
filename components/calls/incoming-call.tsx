'use client';

import { Phone, PhoneOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { useCall } from '@/components/ui/use-call';
import type { CallView } from '@/server/router';
import { tellCalls } from './call-store';
import { CallSheet } from './call-sheet';
import { useRinging, useTabTitle } from './use-ringing';
import { acceptCall, declineCall } from './verbs';

/** Somebody rings. Escape puts it aside: it rings on there, without sound. */
export function IncomingCall({ call, quiet }: { call: CallView; quiet: boolean }) {
  const t = useTranslations('calls.ring');
  const wish = useCall();
  const { name } = call.person;
  useRinging(!quiet && !wish.busy);
  useTabTitle(t('tab', { name }));
  return (
    <CallSheet
      modal={!quiet}
      pulses
      person={call.person}
      title={t('incoming', { name })}
      text={wish.sentence ?? call.course.title}
      onAside={() => tellCalls({ type: 'quiet' })}
    >
      <Button
        variant="danger"
        size={quiet ? 'medium' : 'large'}
        className="flex-1"
        icon={<PhoneOff size={17} aria-hidden />}
        disabled={wish.busy}
        onClick={() => void wish.run(() => declineCall(call))}
      >
        {t('decline')}
      </Button>
      <Button
        variant="primary"
        size={quiet ? 'medium' : 'large'}
        className="flex-1"
        icon={<Phone size={17} aria-hidden />}
        busy={wish.busy}
        onClick={() => void wish.run(() => acceptCall(call))}
      >
        {t('accept')}
      </Button>
    </CallSheet>
  );
}
