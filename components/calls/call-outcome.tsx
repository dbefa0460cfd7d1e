'use client';

import { Phone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { useCall } from '@/components/ui/use-call';
import type { CallView } from '@/server/router';
import type { Outcome } from './call-state';
import { tellCalls } from './call-store';
import { CallSheet } from './call-sheet';
import { placeCall } from './verbs';

/** So long it stands there for who has looked away. ms */
const STAYS_MS = 20_000;

/** What became of one's own call, and calling again. */
export function CallOutcome({ call, what }: { call: CallView; what: Outcome }) {
  const t = useTranslations('calls.ring');
  const again = useCall();
  const { person, course } = call;
  const [takesKeyboard] = useState(isKeyboardFree);
  useEffect(() => {
    const timer = setTimeout(() => tellCalls({ type: 'close' }), STAYS_MS);
    return () => clearTimeout(timer);
  }, []);
  const callAgain = () => placeCall({ courseId: course.id, course: course.title, person });
  return (
    <CallSheet
      person={person}
      title={t(`${what}.title`, { name: person.name })}
      text={again.sentence ?? t(`${what}.text`)}
    >
      {what !== 'declined' && (
        <Button
          className="flex-1"
          icon={<Phone size={16} aria-hidden />}
          busy={again.busy}
          onClick={() => void again.run(callAgain)}
        >
          {t('again')}
        </Button>
      )}
      <Button className="flex-1" autoFocus={takesKeyboard} onClick={() => tellCalls({ type: 'close' })}>
        {t('close')}
      </Button>
    </CallSheet>
  );
}

/** Nobody types elsewhere: the keyboard was with the card that this one takes the place of. */
function isKeyboardFree(): boolean {
  const { activeElement } = document;
  return activeElement === document.body || activeElement?.closest('dialog') !== null;
}
