'use client';

import { useEffect, useState } from 'react';

/**
 * The server's time as it goes on in this tab, ms since the epoch. The first rendering shows `now` as the server wrote it;
 * after that it moves on every `everyMs`.
 */
export function useServerNow(now: number, everyMs = 10_000): number {
  const [current, setCurrent] = useState(now);
  useEffect(() => {
    const offset = now - Date.now();
    setCurrent(now);
    const timer = setInterval(() => setCurrent(Date.now() + offset), everyMs);
    return () => clearInterval(timer);
  }, [now, everyMs]);
  return current;
}
