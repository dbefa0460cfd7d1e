'use client';

import { type RefObject, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';

/** Null where the browser does not offer it. */
export type FullScreen = { on: boolean; toggle: () => void } | null;

/** One element on the whole screen, and back; F does it too. */
export function useFullScreen(frame: RefObject<HTMLElement | null>): FullScreen {
  const offered = useSyncExternalStore(
    never,
    () => document.fullscreenEnabled,
    () => false,
  );
  const [on, setOn] = useState(false);
  useEffect(() => {
    const read = () =>
      setOn(document.fullscreenElement !== null && document.fullscreenElement === frame.current);
    document.addEventListener('fullscreenchange', read);
    return () => document.removeEventListener('fullscreenchange', read);
  }, [frame]);
  const toggle = useCallback(() => {
    const done = document.fullscreenElement ? document.exitFullscreen() : frame.current?.requestFullscreen();
    done?.catch((error: unknown) => console.warn('The browser keeps its window', error));
  }, [frame]);
  return useMemo(() => (offered ? { on, toggle } : null), [offered, on, toggle]);
}

const never = () => () => undefined;
