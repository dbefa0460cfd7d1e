'use client';

import { useTranslations } from 'next-intl';
import { mayLookAround, mayManage } from '@/room/policy';
import type { Person, Rights } from '@/room/state';
import { Button } from '@/components/ui/button';
import { Switch } from '@/components/ui/switch';
import { AtTheDoor, DoorSwitches } from './door-panel';
import { useRemoval } from './use-removal';
import { droppedPeople, orderPeople, presentPeople } from './face-order';
import { PersonRow } from './person-row';
import { useRoom, useRoomLog } from '@/components/room-log/use-room';
import { useMe } from '@/components/room-log/use-room';

/** Who is in the room, as the log knows it; at each name what staff may do. */
export function PeoplePanel() {
  const t = useTranslations('classroom.people');
  const people = useRoom((view) => view.head.people);
  const { person: me } = useMe();
  const present = orderPeople(presentPeople({ people }));
  const dropped = droppedPeople({ people });
  const hands = present.filter((person) => person.handRaisedAt !== null).length;
  return (
    <div className="flex min-h-full flex-col">
      {mayManage(me) && <AtTheDoor />}
      {mayManage(me) && <DoorSwitches />}
      {mayManage(me) && <Defaults />}
      {hands > 0 && <p className="px-4 pt-3 text-ink-2 text-xs">{t('hands', { count: hands })}</p>}
      <ul aria-label={t('title')} className="flex flex-col py-2">
        {present.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
        {dropped.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
      </ul>
      {mayManage(me) && <RemovedPeople people={Object.values(people).filter((person) => person.removed)} />}
      {present.length + dropped.length <= 1 && <p className="px-4 pb-4 text-ink-2 text-sm">{t('alone')}</p>}
    </div>
  );
}

/** Who was taken out of the room, for whoever may let them in again. */
function RemovedPeople({ people }: { people: readonly Person[] }) {
  const t = useTranslations('classroom.people');
  const { readmit } = useRemoval();
  if (people.length === 0) return null;
  return (
    <section aria-labelledby="removed-people" className="border-line border-t px-4 py-3">
      <h3 id="removed-people" className="font-medium text-ink-2 text-xs">
        {t('removedTitle')}
      </h3>
      <ul className="flex flex-col">
        {people.map((person) => (
          <li key={person.id} aria-label={person.name} className="flex min-h-10 items-center gap-2.5">
            <span className="min-w-0 flex-1 truncate text-ink-2 text-sm">{person.name}</span>
            <Button variant="quiet" size="small" className="-mr-3" onClick={() => void readmit(person)}>
              {t('readmit')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const DEFAULTS = ['microphone', 'camera', 'draw'] as const satisfies readonly (keyof Rights)[];

/** What students may do unless it was set for one of them. */
function Defaults() {
  const t = useTranslations('classroom.people.defaults');
  const log = useRoomLog();
  const defaults = useRoom((view) => view.head.defaults);
  const looking = useRoom((view) => mayLookAround(view.head));
  return (
    <fieldset className="flex flex-col gap-1 border-line border-b px-4 py-3">
      <legend className="contents">
        <span className="mb-1 font-medium text-ink-2 text-xs">{t('title')}</span>
      </legend>
      {DEFAULTS.map((right) => (
        <Switch
          key={right}
          label={t(right)}
          on={defaults[right]}
          onSwitch={(on) => {
            const rights = { ...defaults, [right]: on };
            void log.send({ type: 'defaults.set', payload: { rights } });
          }}
        />
      ))}
      <Switch
        label={t('look')}
        on={looking}
        onSwitch={(allowed) => void log.send({ type: 'looking.set', payload: { allowed } })}
      />
    </fieldset>
  );
}
