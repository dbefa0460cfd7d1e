'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRoom } from '@/components/room-log/use-room';
import { Avatar } from '@/components/ui/avatar';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Switch } from '@/components/ui/switch';
import { type Knock, knocksOf } from '@/room/state';
import { useDoorVerbs } from './use-door-verbs';

/** Names that a line has room for. */
const MOST_NAMES = 3;

/** For staff, over the stage: who asks to come in. */
export function KnockBanner() {
  const t = useTranslations('classroom.door');
  const { admit, deny } = useDoorVerbs();
  const waiting = useRoom((view) => knocksOf(view.head)).filter(({ denied }) => !denied);
  const [first] = waiting;
  if (!first) return null;
  const names = waiting.slice(0, MOST_NAMES).map(({ name }) => name);
  return (
    <Banner
      action={
        <span className="flex gap-2">
          {waiting.length === 1 && (
            <Button size="small" onClick={() => void deny(first)}>
              {t('deny')}
            </Button>
          )}
          <Button
            size="small"
            variant="primary"
            aria-label={waiting.length === 1 ? t('admit', { name: first.name }) : undefined}
            onClick={() => void admit(waiting)}
          >
            {waiting.length === 1 ? t('admitOne') : t('admitAll', { count: waiting.length })}
          </Button>
        </span>
      }
    >
      {waiting.length === 1
        ? t('asks', { name: first.name })
        : t('ask', { names: names.join(', '), more: waiting.length - names.length })}
    </Banner>
  );
}

/** The list of those who ask, and of those who were turned away. */
export function AtTheDoor() {
  const t = useTranslations('classroom.door');
  const { admit } = useDoorVerbs();
  const knocks = useRoom((view) => knocksOf(view.head));
  const waiting = knocks.filter(({ denied }) => !denied);
  if (knocks.length === 0) return null;
  return (
    <section aria-labelledby="at-the-door" className="flex flex-col gap-1 border-line border-b px-4 py-3">
      <div className="flex min-h-8 items-center justify-between gap-3">
        <h3 id="at-the-door" className="font-medium text-ink-2 text-xs">
          {t('title', { count: waiting.length })}
        </h3>
        {waiting.length > 1 && (
          <Button size="small" variant="primary" onClick={() => void admit(waiting)}>
            {t('admitEverybody')}
          </Button>
        )}
      </div>
      <ul className="flex flex-col">
        {knocks.map((knock) => (
          <KnockRow key={knock.participantId} knock={knock} />
        ))}
      </ul>
    </section>
  );
}

function KnockRow({ knock }: { knock: Knock }) {
  const t = useTranslations('classroom.door');
  const { admit, deny } = useDoorVerbs();
  const { name, participantId, denied } = knock;
  return (
    <li aria-label={name} className="flex min-h-11 items-center gap-2.5">
      <Avatar name={name} seed={participantId} size={30} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium text-sm leading-5" title={name}>
          {name}
        </span>
        {denied && <span className="block text-ink-3 text-xs leading-4">{t('denied')}</span>}
      </span>
      {!denied && (
        <IconButton label={t('deny')} size="small" onClick={() => void deny(knock)}>
          <X size={16} />
        </IconButton>
      )}
      <Button size="small" onClick={() => void admit([knock])}>
        {t(denied ? 'admitAfterAll' : 'admitOne')}
      </Button>
    </li>
  );
}

/** How people come in. */
export function DoorSwitches() {
  const t = useTranslations('classroom.door');
  const { set } = useDoorVerbs();
  const asks = useRoom((view) => Boolean(view.head.door?.asks));
  const locked = useRoom((view) => Boolean(view.head.door?.locked));
  return (
    <fieldset className="flex flex-col gap-1 border-line border-b px-4 py-3">
      <legend className="contents">
        <span className="mb-1 font-medium text-ink-2 text-xs">{t('comingIn')}</span>
      </legend>
      <Switch label={t('setAsks')} on={asks} onSwitch={(on) => void set({ asks: on, locked })} />
      <Switch label={t('setLocked')} on={locked} onSwitch={(on) => void set({ asks, locked: on })} />
    </fieldset>
  );
}
