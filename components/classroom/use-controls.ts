'use client';

import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { mayPresent } from '@/room/policy';
import type { Stage } from '@/room/state';
import { rememberSwitch } from './media/device-memory';
import { useMedia, useMediaView } from './media/media-context';
import type { OwnSource } from './media/types';
import { useRoom, useRoomLog } from '@/components/room-log/use-room';
import { useMe } from '@/components/room-log/use-room';

/** Why a control does nothing now; the sentences stand under `classroom.bar.blocked`. */
export type Blocked = 'notAllowed' | 'away' | 'elsewhere' | 'unsupported' | 'notLive';

export type Controls = {
  blocked: Record<OwnSource | 'screen', Blocked | null>;
  toggle: (source: OwnSource) => void;
  toggleScreen: () => void;
  toggleHand: () => void;
};

const never = () => () => {};

/** Asked of the browser after hydration: the server cannot know (and Node has a `navigator` of its own). */
function useCanShareScreen(): boolean {
  return useSyncExternalStore(
    never,
    () => typeof navigator.mediaDevices?.getDisplayMedia === 'function',
    () => true,
  );
}

/** The verbs behind the bottom bar and the keys, with the reason where one of them is not possible. */
export function useControls(): Controls {
  const log = useRoomLog();
  const media = useMedia();
  const { person: me, rights } = useMe();
  const live = useRoom((view) => view.head.lesson !== null);
  const status = useMediaView((view) => view.status.kind);
  const canShareScreen = useCanShareScreen();
  useScreenOnStage();

  const away: Blocked | null =
    status === 'elsewhere'
      ? 'elsewhere'
      : !live || status === 'off'
        ? 'notLive'
        : status === 'away'
          ? 'away'
          : null;
  const screen: Blocked | null = !mayPresent(me) ? 'notAllowed' : canShareScreen ? away : 'unsupported';
  const microphone: Blocked | null = rights.microphone ? away : 'notAllowed';
  const camera: Blocked | null = rights.camera ? away : 'notAllowed';
  const handUp = me.handRaisedAt !== null;

  return useMemo(
    () => ({
      blocked: { microphone, camera, screen },
      toggle(source) {
        const on = !media.getView().mine[source].on;
        rememberSwitch(source, on);
        void media.setDevice(source, on);
      },
      toggleScreen: () => void media.shareScreen(!media.getView().mine.screen),
      toggleHand() {
        void log.send(
          handUp
            ? { type: 'hand.lower', payload: { participantId: me.id } }
            : { type: 'hand.raise', payload: {} },
        );
      },
    }),
    [microphone, camera, screen, media, log, handUp, me.id],
  );
}

/** A shared screen goes on the stage, and when it ends, what was there before comes back. */
function useScreenOnStage() {
  const log = useRoomLog();
  const { person: me } = useMe();
  const sharing = useMediaView((view) => view.mine.screen);
  const before = useRef<Stage | null>(null);
  useEffect(() => {
    const stage = log.getView().head.stage;
    const mine = stage.kind === 'screen' && stage.participantId === me.id;
    if (sharing && !mine) {
      before.current = stage;
      void log.send({ type: 'stage.show', payload: { stage: { kind: 'screen', participantId: me.id } } });
    }
    if (!sharing && before.current) {
      if (mine) void log.send({ type: 'stage.show', payload: { stage: before.current } });
      before.current = null;
    }
  }, [sharing, log, me.id]);
}
