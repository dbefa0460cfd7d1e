'use client';

import { useEffect } from 'react';
import { useRoom } from '@/components/room-log/use-room';

/** Fetches what plays media while people still look at their devices, where something plays. Shows nothing. */
export function PlayerAhead() {
  const plays = useRoom((view) => Boolean(view.head.media?.playing));
  useEffect(() => {
    if (!plays) return;
    // What is missing then is fetched again when it is shown.
    import('./stage-media').catch((error: unknown) => console.warn('The player is not prepared', error));
  }, [plays]);
  return null;
}
