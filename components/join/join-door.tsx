'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { type RefusalLike, useRefusalSentence } from '@/components/refusal-sentence';
import { refusalOf, trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { useWhen } from '@/components/ui/when';
import { Countdown } from './countdown';
import { DoorNotice } from './door-notice';
import { GuestForm } from './guest-form';
import { JoinFrame } from './join-frame';
import { type Door, type DoorNow, useDoor, useServerClock } from './use-door';

type Props = {
  token: string;
  initial: Door;
  /** The name of who is known already (a personal link, an account): nothing is asked of them. */
  knownName: string | null;
};

/** The door of a class: waits for it, asks who is unknown for a name, and opens by itself. */
export function JoinDoor({ token, initial, knownName }: Props) {
  const t = useTranslations('join');
  const sentenceOf = useRefusalSentence();
  const door = useDoor(token, initial);
  const { name, setName, refusal } = useEntrance(token, door, knownName);

  if (door.gone) return <DoorNotice kind="invalid" />;
  if (door.state === 'ended' || door.state === 'cancelled')
    return <DoorNotice kind={door.state} door={door} />;
  const live = door.state === 'live';
  const waitingFor = knownName ?? name;
  return (
    <JoinFrame door={door}>
      {door.away && <Banner tone="warn">{t('away')}</Banner>}
      {refusal && (
        <Banner tone="warn" urgent>
          {sentenceOf(refusal)}
        </Banner>
      )}
      {!live && <Waiting door={door} />}
      {live && waitingFor && <Progress label={t('opening')} />}
      {!waitingFor && <GuestForm token={token} live={live} busy={false} onName={setName} />}
      {!live && waitingFor && (
        <div className="flex items-center gap-3">
          <p className="text-ink-2">{t('welcome', { name: waitingFor })}</p>
          {!knownName && (
            <Button variant="quiet" size="small" onClick={() => setName(null)}>
              {t('changeName')}
            </Button>
          )}
        </div>
      )}
    </JoinFrame>
  );
}

/** Goes in as soon as the class runs and it is known as whom: the known through the link, the others by their name. */
function useEntrance(token: string, door: DoorNow, knownName: string | null) {
  const [name, setName] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<RefusalLike | null>(null);
  const entering = useRef(false);
  const live = door.state === 'live';

  useEffect(() => {
    if (!live || entering.current || (!knownName && !name)) return;
    entering.current = true;
    if (knownName || !name) return window.location.assign(`/join/${encodeURIComponent(token)}`);
    setRefusal(null);
    trpc.links.enter.mutate({ token, name }).then(
      ({ slug }) => window.location.assign(`/room/${encodeURIComponent(slug)}`),
      (error: unknown) => {
        setRefusal(refusalOf(error));
        setName(null);
        entering.current = false;
      },
    );
  }, [live, token, name, knownName]);

  return { name, setName, refusal };
}

function Waiting({ door }: { door: Door }) {
  const t = useTranslations('join');
  const now = useServerClock(door.now);
  const when = useWhen(now);
  const late = now > door.startsAt;
  const values = { time: when.time(door.startsAt), day: when.day(door.startsAt), teacher: door.teacherName };
  const sentence = late ? 'late' : when.isToday(door.startsAt) ? 'startsToday' : 'startsAt';
  return (
    <div className="flex flex-col gap-3">
      <Countdown ms={door.startsAt - now} />
      <p className="text-base text-ink-2">{t(sentence, values)}</p>
    </div>
  );
}
