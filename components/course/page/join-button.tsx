'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { trpc } from '@/components/trpc';
import { Button, buttonClass } from '@/components/ui/button';
import { useCall } from '@/components/ui/use-call';
import { forgetWish, readWish, rememberWish } from './join-wish';
import type { CoursePageView, Entrance } from './types';

type Props = {
  page: CoursePageView;
  entrance: Entrance;
  signedIn: boolean;
  lessonIds: readonly string[];
  /** Nothing is chosen yet of what has to be. */
  waitsForChoice: boolean;
  /** Who is in it has chosen other lessons. */
  choiceChanged: boolean;
};

/** The one button of a course's page, or the sentence in its place. */
export function JoinButton({ page, entrance, signedIn, lessonIds, waitsForChoice, choiceChanged }: Props) {
  const t = useTranslations('coursePage');
  const router = useRouter();
  const call = useCall();
  const { state, teacherName, courseId } = page;

  async function join(ids: readonly string[]) {
    const joined = await call.run(() => trpc.join.enter.mutate({ entrance, lessonIds: [...ids] }));
    if (!joined) return;
    if (joined.answer.courseId && !choiceChanged) router.push(`/courses/${joined.answer.courseId}`);
    else router.refresh();
  }
  // Who pressed before they had an account comes back with one: what they wanted is done.
  const goOn = useEffectEvent(() => {
    const wish = readWish(window.location.pathname);
    forgetWish();
    if (wish && signedIn && (state === 'enrol' || state === 'ask')) void join(wish);
  });
  useEffect(() => goOn(), []);

  const refused = call.field === 'lessonIds' ? t('chooseFirst') : call.sentence;
  const note = (sentence: string, heading: string) => (
    <div className="flex flex-col gap-1">
      <p className="font-semibold">{heading}</p>
      <p className="text-ink-2 text-sm">{sentence}</p>
    </div>
  );
  if (state === 'in' && courseId) {
    return (
      <div className="flex flex-col gap-2">
        <p className="font-semibold">{t('in')}</p>
        {choiceChanged && (
          <Button busy={call.busy} disabled={waitsForChoice} onClick={() => void join(lessonIds)}>
            {t('saveChoice')}
          </Button>
        )}
        <a href={`/courses/${courseId}`} className={buttonClass('primary', 'large')}>
          {t('toCourse')}
        </a>
        <Refused>{refused}</Refused>
      </div>
    );
  }
  if (state === 'asked') return note(t('askedText', { name: teacherName }), t('asked'));
  if (state === 'declined') return note(t('declinedText', { name: teacherName }), t('declined'));
  if (state === 'closed') return note(t('closedText', { name: teacherName }), t('closed'));
  if (state === 'full') return note(t('fullText', { name: teacherName }), t('full'));
  const label = state === 'ask' ? t('ask') : t('enrol');
  return (
    <div className="flex flex-col gap-2">
      <Button
        variant="primary"
        size="large"
        busy={call.busy}
        disabled={waitsForChoice}
        onClick={() => {
          if (signedIn) return void join(lessonIds);
          const here = window.location.pathname;
          rememberWish(here, lessonIds);
          window.location.assign(`/sign-up?next=${encodeURIComponent(here)}`);
        }}
      >
        {label}
      </Button>
      <p className="text-ink-2 text-xs">
        {waitsForChoice ? t('chooseFirst') : signedIn ? t(`${state}Hint`) : t('accountHint')}
      </p>
      {page.door === 'invitation' && entrance.by === 'link' && (
        <Button
          variant="quiet"
          disabled={call.busy}
          onClick={() =>
            void call
              .run(() => trpc.invitations.decline.mutate({ token: entrance.token }))
              .then((done) => done && window.location.assign('/'))
          }
        >
          {t('decline')}
        </Button>
      )}
      <Refused>{refused}</Refused>
    </div>
  );
}

function Refused({ children }: { children: ReactNode }) {
  return (
    children && (
      <p role="alert" className="text-live text-sm">
        {children}
      </p>
    )
  );
}
