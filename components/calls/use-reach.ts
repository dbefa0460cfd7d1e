'use client';

import type { inferRouterOutputs } from '@trpc/server';
import { useEffect, useState } from 'react';
import { trpc } from '@/components/trpc';
import type { AppRouter } from '@/server/router';

export type Reach = inferRouterOutputs<AppRouter>['calls']['reach'];
export type Presence = 'online' | 'busy' | 'away';

/** While a page is looked at, who is there is asked this often. ms */
const EVERY_MS = 8000;

/** Who of a course is there to be called, as the page was rendered, and from then on. */
export function useReach(courseId: string, first: Reach): Reach {
  const [reach, setReach] = useState(first);
  const [known, setKnown] = useState(first);
  // A page that was read again knows better.
  if (known !== first) {
    setKnown(first);
    setReach(first);
  }
  const asks = first.whom !== 'nobody';
  useEffect(() => {
    if (!asks) return undefined;
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      trpc.calls.reach.query({ courseId }).then(
        setReach,
        // The next look says whether it stays so; what stands there was true.
        () => undefined,
      );
    };
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [courseId, asks]);
  return reach;
}

/** How somebody stands for who looks; null: they cannot be called from here at all. */
export function presenceOf(
  { me, whom, online, busy }: Reach,
  { id, role }: { id: string; role: string },
): Presence | null {
  if (id === me || whom === 'nobody' || (whom === 'staff' && role === 'student')) return null;
  if (online.includes(id)) return 'online';
  return busy.includes(id) ? 'busy' : 'away';
}
