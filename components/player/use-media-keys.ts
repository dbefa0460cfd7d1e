'use client';

import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useRef } from 'react';
import { useRoomLog } from '@/components/room-log/use-room';
import { isTyping } from '@/components/ui/is-typing';
import { type Playing, positionAt } from '@/room/media';

/** What a key of every player does, in ms; null: play or pause. */
const KEYS: Readonly<Record<string, number | null>> = {
  k: null,
  j: -10_000,
  l: 10_000,
  ArrowLeft: -5000,
  ArrowRight: 5000,
};

/**
 * J, K, L and the arrows, for presenters. Space as well while the player was pressed last: elsewhere it is held to speak. Gives the
 * handler for the player's own element.
 */
export function useMediaKeys(playing: Playing, presenting: boolean, serverNow: () => number) {
  const log = useRoomLog();
  const latest = useRef({ playing, serverNow });
  useEffect(() => {
    latest.current = { playing, serverNow };
  });

  const press = (key: string): boolean => {
    const step = KEYS[key.length === 1 ? key.toLowerCase() : key];
    if (step === undefined) return false;
    const { playing: now, serverNow: clock } = latest.current;
    const { generation, paused } = now;
    if (step === null) {
      void log.send({ type: paused ? 'media.play' : 'media.pause', payload: { generation } });
      return true;
    }
    const positionMs = Math.max(0, positionAt(now, clock()) + step);
    void log.send({ type: 'media.seek', payload: { generation, positionMs } });
    return true;
  };
  const pressed = useRef(press);
  useEffect(() => {
    pressed.current = press;
  });

  useEffect(() => {
    if (!presenting) return undefined;
    const down = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      if (pressed.current(event.key)) event.preventDefault();
    };
    window.addEventListener('keydown', down);
    return () => window.removeEventListener('keydown', down);
  }, [presenting]);

  return (event: ReactKeyboardEvent<HTMLElement>) => {
    if (!presenting || event.key !== ' ' || event.target !== event.currentTarget) return;
    if (pressed.current('k')) event.preventDefault();
  };
}
