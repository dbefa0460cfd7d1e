'use client';

import { useEffect, useMemo, useRef } from 'react';
import type { Stage } from '@/room/state';
import { rememberSwitch } from './media/device-memory';
import { useMedia, useMediaView } from './media/media-context';
import type { OwnSource } from './media/types';
import { useMe, useRoomLog } from '@/components/room-log/use-room';
import { type Blocked, useSendingBlocked } from './use-screen-share';

export type Controls = {
  blocked: Record<OwnSource, Blocked | null>;
  toggle: (source: OwnSource) => void;
  toggleHand: () => void;
};

/** The verbs behind the bottom bar and the keys, with the reason where one of them is not possible. */
export function useControls(): Controls {
  const log = useRoomLog();
  const media = useMedia();
  const { person: me, rights } = useMe();
  const away = useSendingBlocked();
  useScreenOnStage();
  const microphone: Blocked | null = rights.microphone ? away : 'notAllowed';
  const camera: Blocked | null = rights.camera ? away : 'notAllowed';
  const handUp = me.handRaisedAt !== null;

  return useMemo(
    () => ({
      blocked: { microphone, camera },
      toggle(source) {
        const on = !media.getView().mine[source].on;
        rememberSwitch(source, on);
        void media.setDevice(source, on);
      },
      toggleHand() {
        void log.send(
          handUp
            ? { type: 'hand.lower', payload: { participantId: me.id } }
            : { type: 'hand.raise', payload: {} },
        );
      },
    }),
    [microphone, camera, media, log, handUp, me.id],
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
