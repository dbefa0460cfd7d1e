'use client';

import { useEffect } from 'react';

/**
 * Keeps the screen awake while somebody is in a class and looks at it. Browsers let go of it when the page is hidden, so it is asked for again when it
 * is seen again. Where there is none, or the battery is low, the screen goes dark as it always did.
 */
export function useWakeLock(wanted: boolean): void {
  useEffect(() => {
    if (!wanted || !('wakeLock' in navigator)) return;
    let held: WakeLockSentinel | null = null;
    let current = true;
    const release = (lock: WakeLockSentinel) =>
      lock.release().catch((error: unknown) => console.debug('The screen was let go of already', error));
    const hold = () => {
      if (document.visibilityState !== 'visible' || (held && !held.released)) return;
      navigator.wakeLock.request('screen').then(
        (lock) => {
          if (!current || (held && !held.released)) return release(lock);
          held = lock;
        },
        (error: unknown) => console.debug('The screen is not kept awake', error),
      );
    };
    hold();
    document.addEventListener('visibilitychange', hold);
    return () => {
      current = false;
      document.removeEventListener('visibilitychange', hold);
      if (held) void release(held);
    };
  }, [wanted]);
}
