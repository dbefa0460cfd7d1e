'use client';

import { useTranslations } from 'next-intl';
import { Button, ButtonLink } from '@/components/ui/button';
import { useWhen } from '@/components/ui/when';
import { useClassroom } from './classroom-context';
import { clockText, useServerTime } from './lesson-clock';
import { Notice } from './notice';
import { nextLesson, type Plan } from './plan';
import { useMe } from '@/components/room-log/use-room';
import { isStaff } from '@/room/roles';
import { useReadmission } from './use-readmission';

function Home() {
  const t = useTranslations('classroom.screens');
  const { hasAccount } = useClassroom();
  return hasAccount ? (
    <ButtonLink href="/dashboard">{t('dashboard')}</ButtonLink>
  ) : (
    <ButtonLink href="/">{t('home')}</ButtonLink>
  );
}

/** Before the start. The page opens by itself: the log says when. */
export function WaitingScreen({ plan, endedId }: { plan: Plan; endedId: string | null }) {
  const t = useTranslations('classroom.screens.waiting');
  const { title } = useClassroom();
  const now = useServerTime() ?? plan.now;
  const when = useWhen(plan.now);
  const next = nextLesson(plan, endedId);
  if (!next) {
    return (
      <Notice eyebrow={title} title={t('nothingTitle')} actions={<Home />}>
        <p>{t('nothing')}</p>
      </Notice>
    );
  }
  const left = next.startsAt - now;
  const time = when.isToday(next.startsAt)
    ? when.time(next.startsAt)
    : `${when.day(next.startsAt)}, ${when.time(next.startsAt)}`;
  return (
    <Notice eyebrow={title} title={next.title} actions={<Home />}>
      {left > 0 ? (
        <>
          <p>{t('starts', { time })}</p>
          <p
            role="timer"
            aria-label={t('countdown')}
            className="font-semibold text-2xl text-ink tabular-nums"
          >
            {left < 24 * 3_600_000 ? clockText(left) : t('days', { days: Math.ceil(left / 86_400_000) })}
          </p>
        </>
      ) : (
        <p>{t('anyMoment')}</p>
      )}
      <p>{t('byItself')}</p>
    </Notice>
  );
}

type EndedProps = { plan: Plan; endedId: string | null; onStay: (() => void) | null };

/** After the end: what comes next. */
export function EndedScreen({ plan, endedId, onStay }: EndedProps) {
  const t = useTranslations('classroom.screens.ended');
  const { title } = useClassroom();
  const { person: me } = useMe();
  const when = useWhen(plan.now);
  const next = nextLesson(plan, endedId);
  return (
    <Notice
      eyebrow={title}
      title={t('title')}
      actions={
        <>
          <Home />
          {onStay && (
            <Button variant="quiet" onClick={onStay}>
              {t('stay')}
            </Button>
          )}
        </>
      }
    >
      <p>{isStaff(me.role) ? t('stays') : t('thanks', { name: me.name })}</p>
      {next && (
        <p>
          {t('next', { title: next.title, time: `${when.day(next.startsAt)}, ${when.time(next.startsAt)}` })}
        </p>
      )}
    </Notice>
  );
}

export function LeftScreen({ onBack }: { onBack: () => void }) {
  const t = useTranslations('classroom.screens.left');
  const { title } = useClassroom();
  return (
    <Notice
      eyebrow={title}
      title={t('title')}
      actions={
        <>
          <Button variant="primary" onClick={onBack}>
            {t('back')}
          </Button>
          <Home />
        </>
      }
    >
      <p>{t('text')}</p>
    </Notice>
  );
}

export function RemovedScreen() {
  const t = useTranslations('classroom.screens.removed');
  const { title } = useClassroom();
  useReadmission();
  return (
    <Notice eyebrow={title} title={t('title')} actions={<Home />}>
      <p>{t('text')}</p>
    </Notice>
  );
}

/** Signed out elsewhere, or the room is not there for this person any more. */
export function ShutScreen() {
  const t = useTranslations('classroom.screens.shut');
  const { title, slug } = useClassroom();
  return (
    <Notice
      eyebrow={title}
      title={t('title')}
      actions={
        <ButtonLink variant="primary" href={`/sign-in?next=${encodeURIComponent(`/room/${slug}`)}`}>
          {t('signIn')}
        </ButtonLink>
      }
    >
      <p>{t('text')}</p>
    </Notice>
  );
}
