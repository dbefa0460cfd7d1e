'use client';

import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import type { Shown } from './call-state';
import { ringsFor, tellCalls } from './call-store';
import { CallOutcome } from './call-outcome';
import { CallSheet } from './call-sheet';
import { Going } from './going';
import { IncomingCall } from './incoming-call';
import { OutgoingCall } from './outgoing-call';

/** A call that nobody speaks of any more, a little after it should have ended: the server is away. ms */
const LATE_MS = 5000;

/** What a tab shows of its person's calls. Loaded when there is one. */
export default function CallLayer({ shown }: { shown: Shown }) {
  useSilenceAfter(shown);
  switch (shown.kind) {
    case 'nothing':
      return null;
    case 'incoming':
      return <IncomingCall key={`${shown.call.id} ${shown.quiet}`} call={shown.call} quiet={shown.quiet} />;
    case 'outgoing':
      return <OutgoingCall call={shown.call} here={shown.here} />;
    case 'going':
      return <Going call={shown.call} slug={shown.slug} />;
    case 'elsewhere':
      return <Elsewhere {...shown} />;
    case 'outcome':
      return <CallOutcome key={shown.call.id} call={shown.call} what={shown.what} />;
  }
}

function Elsewhere({ call, slug }: Extract<Shown, { kind: 'elsewhere' }>) {
  const t = useTranslations('calls.ring');
  const { name } = call.person;
  return (
    <CallSheet
      person={call.person}
      title={call.role === 'callee' ? t('answered') : t('theyAnswered', { name })}
      text={call.role === 'callee' ? t('answeredText', { name }) : t('theyAnsweredText')}
    >
      {slug && (
        <ButtonLink href={`/room/${slug}`} prefetch={false} className="flex-1">
          {t('joinHere')}
        </ButtonLink>
      )}
      <Button className="flex-1" onClick={() => tellCalls({ type: 'close' })}>
        {t('close')}
      </Button>
    </CallSheet>
  );
}

/** No tab rings for ever, whatever becomes of the server. */
function useSilenceAfter(shown: Shown): void {
  const ringing = shown.kind === 'incoming' || shown.kind === 'outgoing' ? shown.call : null;
  useEffect(() => {
    const left = ringing ? ringsFor(ringing) : Number.POSITIVE_INFINITY;
    if (!Number.isFinite(left)) return undefined;
    const timer = setTimeout(() => tellCalls({ type: 'news', call: null }), Math.max(0, left) + LATE_MS);
    return () => clearTimeout(timer);
  }, [ringing]);
}
