'use client';

import dynamic from 'next/dynamic';
import { useEffect, useEffectEvent, useState } from 'react';
import { comesByCall } from '@/components/calls/room-of-call';
import type { RoomOpening } from '@/components/room-log/types';
import { ClassroomFactsProvider } from './classroom-context';
import { DeviceCheck } from './device-check';
import { MediaProvider, useMedia } from './media/media-context';
import { useMediaOfRoom } from './media/use-media-of-room';
import { choosePhase } from './phase';
import type { Plan } from './plan';
import { RoomLogProvider, useRoom, useRoomLog } from '@/components/room-log/use-room';
import { RoomScreen } from './room-screen';
import { EndedScreen, LeftScreen, RemovedScreen, ShutScreen, WaitingScreen } from './screens';
import { useRememberedDevices } from './use-remembered-devices';
import { PlayerAhead } from '@/components/player/player-ahead';
import { StageAhead } from '@/components/stage/stage-ahead';
import { isStaff } from '@/room/roles';
import { useMe } from '@/components/room-log/use-room';

const MediaEngine = dynamic(() =>
  import('./media/controller').then(
    (media) => media.MediaEngine,
    // Said by the media's own view; the class goes on without voice and video.
    () => NoMediaEngine,
  ),
);

function NoMediaEngine(): null {
  return null;
}

export type ClassroomProps = {
  opening: RoomOpening;
  hasAccount: boolean;
  plan: Plan;
};

/** The classroom: the room's log, voice and video, and the screen that fits how things stand. */
export function Classroom({ opening, hasAccount, plan }: ClassroomProps) {
  const { roomId, slug, title } = opening;
  return (
    <ClassroomFactsProvider facts={{ roomId, slug, title, me: opening.me, hasAccount }}>
      <RoomLogProvider opening={opening}>
        <WithMedia opening={opening} plan={plan} />
      </RoomLogProvider>
    </ClassroomFactsProvider>
  );
}

function WithMedia({ opening, plan }: { opening: RoomOpening; plan: Plan }) {
  const media = useMediaOfRoom(opening);
  return (
    <MediaProvider media={media}>
      <Screens plan={plan} />
      {opening.media && <MediaEngine />}
    </MediaProvider>
  );
}

function Screens({ plan }: { plan: Plan }) {
  const media = useMedia();
  const log = useRoomLog();
  const { person: me } = useMe();
  const lesson = useRoom((view) => view.head.lesson);
  const connection = useRoom((view) => view.connection);
  const [entered, setEntered] = useState<string | null>(null);
  const [listens, setListens] = useState(false);
  const [left, setLeft] = useState(false);
  const endedId = useEndedLesson(lesson?.id ?? null);
  const [stays, setStays] = useState<string | null>(null);

  function join(as: 'speaker' | 'listener') {
    if (!lesson) return;
    setListens(as === 'listener');
    if (as === 'listener') {
      void media.setDevice('microphone', false);
      void media.setDevice('camera', false);
    }
    media.enter();
    setEntered(lesson.id);
  }

  function leave() {
    media.close();
    log.close();
    setLeft(true);
  }
  const phase = choosePhase({
    head: { lesson },
    me,
    connection,
    entered: entered === lesson?.id,
    left,
    sawEnd: endedId !== null && endedId !== stays,
  });
  // Who accepted a call, or whose call was accepted, has said already that they come in.
  const enterByCall = useEffectEvent(() => {
    if (comesByCall()) join('speaker');
  });
  useEffect(() => {
    if (phase === 'check') enterByCall();
  }, [phase]);
  useRememberedDevices(!listens && (phase === 'check' || phase === 'room') ? phase : null);
  switch (phase) {
    case 'removed':
      return <RemovedScreen />;
    case 'shut':
      return <ShutScreen />;
    case 'left':
      return <LeftScreen onBack={() => window.location.reload()} />;
    case 'ended':
      return (
        <EndedScreen
          plan={plan}
          endedId={endedId}
          onStay={isStaff(me.role) ? () => setStays(endedId) : null}
        />
      );
    case 'waiting':
      return <WaitingScreen plan={plan} endedId={endedId} />;
    case 'check':
      return (
        <>
          <DeviceCheck onJoin={join} />
          <StageAhead />
          <PlayerAhead />
        </>
      );
    case 'room':
      return <RoomScreen plan={plan} endedId={endedId} onLeave={leave} />;
  }
}

/** The lesson that ended while this tab looked on (or was away); null: none, or another has begun since. */
function useEndedLesson(lessonId: string | null): string | null {
  const [last, setLast] = useState(lessonId);
  if (lessonId !== null && lessonId !== last) setLast(lessonId);
  return lessonId === null ? last : null;
}
