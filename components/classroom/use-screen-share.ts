'use client';

import { useCallback, useSyncExternalStore } from 'react';
import { useMe, useRoom } from '@/components/room-log/use-room';
import { useMedia, useMediaView } from './media/media-context';

/** Why a control does nothing now; the sentences stand under `classroom.bar.blocked`. */
export type Blocked = 'notAllowed' | 'away' | 'elsewhere' | 'unsupported' | 'notLive';

const never = () => () => {};

/** Asked of the browser after hydration: the server cannot know (and Node has a `navigator` of its own). */
function useCanShareScreen(): boolean {
  return useSyncExternalStore(
    never,
    () => typeof navigator.mediaDevices?.getDisplayMedia === 'function',
    () => true,
  );
}

/** Why nothing can be sent now, whatever it is; null: it can. */
export function useSendingBlocked(): Blocked | null {
  const live = useRoom((view) => view.head.lesson !== null);
  const status = useMediaView((view) => view.status.kind);
  if (status === 'elsewhere') return 'elsewhere';
  if (!live || status === 'off') return 'notLive';
  return status === 'away' ? 'away' : null;
}

/** Sharing a tab, a window or the screen, with its sound. */
export function useScreenShare(): { blocked: Blocked | null; sharing: boolean; toggle: () => void } {
  const media = useMedia();
  const { mayPresent } = useMe();
  const away = useSendingBlocked();
  const possible = useCanShareScreen();
  const sharing = useMediaView((view) => view.mine.screen);
  const toggle = useCallback(() => void media.shareScreen(!media.getView().mine.screen), [media]);
  return { blocked: !mayPresent ? 'notAllowed' : possible ? away : 'unsupported', sharing, toggle };
}
