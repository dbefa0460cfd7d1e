import { useEffect } from 'react';
import { onLibraryChange } from './library-signal';

/** A change comes rarely alone: several files arrive, several are moved. */
const GATHER_MS = 120;

/**
 * Calls `listener` when something in the library may be new: after a change in one of this browser's tabs, and when somebody comes back to this
 * one, for what other devices did. It has to stay the same function.
 */
export function useLibraryNews(listener: () => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(listener, GATHER_MS);
    };
    const back = () => {
      if (document.visibilityState === 'visible') soon();
    };
    const stop = onLibraryChange(soon);
    document.addEventListener('visibilitychange', back);
    return () => {
      clearTimeout(timer);
      stop();
      document.removeEventListener('visibilitychange', back);
    };
  }, [listener]);
}
