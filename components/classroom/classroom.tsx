'use client';

import { useEffect, useState } from 'react';
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
import { isStaff } from '@/room/roles';
import { useMe } from '@/components/room-log/use-room';

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
  const [left, setLeft] = useState(false);
  const [sawEnd, setSawEnd] = useSawEnd();

  function join(as: 'speaker' | 'listener') {
    if (!lesson) return;
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
    sawEnd,
  });
  switch (phase) {
    case 'removed':
      return <RemovedScreen />;
    case 'shut':
      return <ShutScreen />;
    case 'left':
      return <LeftScreen onBack={() => window.location.reload()} />;
    case 'ended':
      return <EndedScreen plan={plan} onStay={isStaff(me.role) ? () => setSawEnd(false) : null} />;
    case 'waiting':
      return <WaitingScreen plan={plan} />;
    case 'check':
      return <DeviceCheck onJoin={join} />;
    case 'room':
      return <RoomScreen plan={plan} onLeave={leave} />;
  }
}

/** Whether a lesson ended while this tab looked on. */
function useSawEnd() {
  const log = useRoomLog();
  const [sawEnd, setSawEnd] = useState(false);
  useEffect(
    () =>
      log.onEvent((event) => {
        if (event.type === 'lesson.ended') setSawEnd(true);
        if (event.type === 'lesson.started') setSawEnd(false);
      }),
    [log],
  );
  return [sawEnd, setSawEnd] as const;
}
