'use client';

import { useEffect, useState } from 'react';
import { type Playing, positionAt } from '@/room/media';

const SHOWN_EVERY_MS = 250;

/** Where everybody is, in ms of the media; renders again four times a second. */
export function usePosition(playing: Playing, serverNow: () => number): number {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((count) => count + 1), SHOWN_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return positionAt(playing, serverNow());
}
