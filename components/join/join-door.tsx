'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { AddToMenu } from '@/components/calendar/add-to-menu';
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
import { LostLink } from './lost-link';
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

  if (door.gone) return <DoorNotice kind="invalid" token={token} />;
  if (door.state === 'ended' || door.state === 'cancelled')
    return <DoorNotice kind={door.state} door={door} token={token} />;
  if (door.standing === 'denied' || door.standing === 'unpaid')
    return <DoorNotice kind={door.standing} door={door} />;
  const live = door.state === 'live';
  const waitingFor = knownName ?? name;
  const held = heldBack(door);
  return (
    <JoinFrame door={door}>
      {door.away && <Banner tone="warn">{t('away')}</Banner>}
      {refusal && (
        <Banner tone="warn" urgent>
          {sentenceOf(refusal)}
        </Banner>
      )}
      {!live && <Waiting door={door} token={token} />}
      {held && <HeldBack door={door} why={held} />}
      {live && !held && waitingFor && <Progress label={t('opening')} />}
      {!held && !waitingFor && (
        <GuestForm token={token} live={live} asks={door.standing === 'asks'} busy={false} onName={setName} />
      )}
      {!held && !waitingFor && <LostLink token={token} />}
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

type Held = 'waiting' | 'locked' | 'full';

/** Why somebody does not come in although the class runs; null: they do, or ask now. */
function heldBack({ standing }: DoorNow): Held | null {
  return standing === 'waiting' || standing === 'locked' || standing === 'full' ? standing : null;
}

function HeldBack({ door, why }: { door: Door; why: Held }) {
  const t = useTranslations('join');
  return (
    <div className="flex flex-col gap-3">
      <p className="text-base text-ink-2">{t(`standing.${why}`, { teacher: door.teacherName })}</p>
      <Progress label={t(`standingWait.${why}`)} />
    </div>
  );
}

/**
 * Goes in as soon as the class runs and it is known as whom: the known through the link, the others by their name. Where
 * staff let people in, that asks them; who waits for their answer is known by then.
 */
function useEntrance(token: string, door: DoorNow, knownName: string | null) {
  const [name, setName] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<RefusalLike | null>(null);
  const entering = useRef(false);
  const asked = useRef(false);
  const ready = door.standing === 'open' || door.standing === 'asks';
  const { wait, standing } = door;

  useEffect(() => {
    if (standing === 'waiting') asked.current = true;
  }, [standing]);
  useEffect(() => {
    if (!ready || entering.current || (!knownName && !name && !asked.current)) return;
    entering.current = true;
    if (knownName || !name || asked.current)
      return window.location.assign(`/join/${encodeURIComponent(token)}`);
    setRefusal(null);
    trpc.links.enter.mutate({ token, name }).then(
      ({ slug }) => {
        if (slug !== null) return window.location.assign(`/room/${encodeURIComponent(slug)}`);
        entering.current = false;
        wait();
      },
      (error: unknown) => {
        setRefusal(refusalOf(error));
        setName(null);
        entering.current = false;
      },
    );
  }, [ready, token, name, knownName, wait]);

  return { name, setName, refusal };
}

function Waiting({ door, token }: { door: Door; token: string }) {
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
      {!late && (
        <div className="flex">
          <AddToMenu
            wordy
            add={{ ...door, series: null }}
            way={`/join/${encodeURIComponent(token)}`}
            file={`/calendar/link/${encodeURIComponent(token)}.ics`}
          />
        </div>
      )}
    </div>
  );
}
