'use client';

import type { inferRouterOutputs } from '@trpc/server';
import { useEffect, useState } from 'react';
import { trpc } from '@/components/trpc';
import type { AppRouter } from '@/server/router';
import { NEWS_EVENT } from './news-event';

export type News = inferRouterOutputs<AppRouter>['bell']['read'][number];

/** While a page is looked at, what is new is counted this often; and whenever somebody comes back to it. */
const EVERY_MS = 60_000;

/** The bell of who is signed in: how much is new, and what, once it is opened. */
export function useBell(first: number) {
  const [unread, setUnread] = useState(first);
  const [news, setNews] = useState<readonly News[] | null>(null);
  const [failed, setFailed] = useState(false);
  // A page that was read again knows better than what was counted before.
  const [known, setKnown] = useState(first);
  if (known !== first) {
    setKnown(first);
    setUnread(first);
  }

  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      trpc.bell.unread.query().then(
        ({ count }) => setUnread(count),
        // The next look says whether it stays so; the number that stands there was true.
        () => undefined,
      );
    };
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look);
    window.addEventListener(NEWS_EVENT, look);
    return () => {
      clearInterval(timer);
      window.removeEventListener(NEWS_EVENT, look);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);

  /** Reads what is new; it then counts as read. */
  async function open() {
    setFailed(false);
    try {
      const read = await trpc.bell.read.query();
      setNews(read);
      const [newest] = read;
      setUnread(0);
      if (newest?.isNew) await trpc.bell.markRead.mutate({ upTo: newest.createdAt });
    } catch {
      setFailed(true);
    }
  }

  return { unread, news, failed, open };
}
