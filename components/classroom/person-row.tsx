'use client';

import { Hand, Mic, MicOff, Pencil, PencilOff, UserMinus, Video as Camera, VideoOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { memo, type ReactNode } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { useRemoval } from './use-removal';
import { mayManage, mayManagePerson, rightsOf } from '@/room/policy';
import type { Person } from '@/room/state';
import { useMediaView } from './media/media-context';
import { useRoom, useRoomLog } from '@/components/room-log/use-room';
import { useMe } from '@/components/room-log/use-room';

/** One person of the list: a list item named by the person, so that its buttons need only say what they do. */
export const PersonRow = memo(function PersonRow({ person }: { person: Person }) {
  const t = useTranslations('classroom.people');
  const { person: me } = useMe();
  const isMe = person.id === me.id;
  const manage = mayManagePerson(me, person);
  return (
    <li
      aria-label={person.name}
      className="group/row flex min-h-12 [contain-intrinsic-size:auto_48px] [content-visibility:auto] items-center gap-2.5 px-4 py-1.5 hover:bg-ink/3"
    >
      <Avatar name={person.name} seed={person.id} size={30} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium text-sm leading-5" title={person.name}>
          {isMe ? t('you', { name: person.name }) : person.name}
        </span>
        {person.handRaisedAt === null ? (
          <span className="block truncate text-ink-3 text-xs leading-4">
            {t(person.dropped ? 'dropped' : `roles.${person.role}`)}
          </span>
        ) : (
          <RaisedHand person={person} mayLower={isMe || mayManage(me)} />
        )}
      </span>
      {manage ? <Manage person={person} /> : <MicrophoneMark id={person.id} isMe={isMe} />}
    </li>
  );
});

/** In the place of the role: a hand that is up, and for who may, the way to put it down. */
function RaisedHand({ person, mayLower }: { person: Person; mayLower: boolean }) {
  const t = useTranslations('classroom.people');
  const log = useRoomLog();
  const look = 'flex items-center gap-1 font-medium text-warn-ink text-xs leading-4';
  const icon = <Hand size={13} aria-hidden />;
  if (!mayLower) {
    return (
      <span className={look}>
        {icon}
        {t('handUp')}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={`${look} rounded-sm underline-offset-2 hover:underline`}
      onClick={() => void log.send({ type: 'hand.lower', payload: { participantId: person.id } })}
    >
      {icon}
      {t('putHandDown')}
    </button>
  );
}

function MicrophoneMark({ id, isMe }: { id: string; isMe: boolean }) {
  const t = useTranslations('classroom.people');
  const on = useMediaView((view) => (isMe ? view.mine.microphone.on : view.people[id]?.microphone === 'on'));
  const speaking = useMediaView((view) => Boolean(view.people[id]?.speaking));
  return (
    <span
      className={`grid size-7 place-items-center ${on ? (speaking ? 'text-ok-ink' : 'text-ink-2') : 'text-ink-3'}`}
    >
      {on ? <Mic size={16} aria-hidden /> : <MicOff size={16} aria-hidden />}
      <span className="sr-only">{t(on ? 'micOn' : 'micOff')}</span>
    </span>
  );
}

/** What staff do with one person. The icon shows how it stands, the name says what pressing does. */
function Manage({ person }: { person: Person }) {
  const t = useTranslations('classroom.people');
  const log = useRoomLog();
  const { remove } = useRemoval();
  const defaults = useRoom((view) => view.head.defaults);
  const speaks = useMediaView((view) => view.people[person.id]?.microphone === 'on');
  const seen = useMediaView((view) => Boolean(view.people[person.id]?.camera));
  const rights = rightsOf({ defaults }, person);
  const always = person.role === 'teacher' || person.role === 'presenter';
  const mute = (source: 'microphone' | 'camera') =>
    void log.send({ type: 'person.mute', payload: { participantId: person.id, source } });
  return (
    <span className="-mr-2 flex items-center">
      <RowButton label={t('mute')} off={!speaks} onPress={() => mute('microphone')}>
        {speaks ? <Mic size={16} /> : <MicOff size={16} />}
      </RowButton>
      <RowButton label={t('stopCamera')} off={!seen} onPress={() => mute('camera')}>
        {seen ? <Camera size={16} /> : <VideoOff size={16} />}
      </RowButton>
      {!always && (
        <RowButton
          label={t(rights.draw ? 'stopDrawing' : 'allowDrawing')}
          off={!rights.draw}
          onPress={() =>
            void log.send({
              type: 'rights.set',
              payload: { participantId: person.id, rights: { ...rights, draw: !rights.draw } },
            })
          }
        >
          {rights.draw ? <Pencil size={16} /> : <PencilOff size={16} />}
        </RowButton>
      )}
      <RowButton label={t('remove')} off danger onPress={() => void remove(person)}>
        <UserMinus size={16} />
      </RowButton>
    </span>
  );
}

type RowButtonProps = {
  label: string;
  onPress: () => void;
  off?: boolean;
  danger?: boolean;
  children: ReactNode;
};

function RowButton({ label, onPress, off = false, danger = false, children }: RowButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onPress}
      className={`grid size-7 shrink-0 place-items-center rounded-control transition-colors ${off ? 'text-ink-3' : 'text-accent'} ${danger ? 'hover:bg-live/12 hover:text-live' : 'hover:bg-ink/8 hover:text-ink'}`}
    >
      {children}
    </button>
  );
}
