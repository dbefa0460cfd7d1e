'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { ButtonLink } from '@/components/ui/button';
import type { CallView } from '@/server/router';
import { tellCalls } from './call-store';
import { CallSheet } from './call-sheet';
import { roomOfCall } from './room-of-call';

/** It was answered: off to the room. */
export function Going({ call, slug }: { call: CallView; slug: string }) {
  const t = useTranslations('calls.ring');
  const router = useRouter();
  useEffect(() => router.push(roomOfCall(slug)), [router, slug]);
  // The page has changed: whoever comes back from the room does not go there again.
  useEffect(() => () => tellCalls({ type: 'close' }), []);
  return (
    <CallSheet person={call.person} title={t('going', { name: call.person.name })} text={call.course.title}>
      <ButtonLink href={roomOfCall(slug)} prefetch={false} className="flex-1">
        {t('join')}
      </ButtonLink>
    </CallSheet>
  );
}
