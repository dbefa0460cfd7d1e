'use client';

import { useEffect, useLayoutEffect, useState } from 'react';
import type { ShownMessage } from '@/components/room-log/types';

/** Messages of others after `readSeq`. */
export function countUnread(messages: readonly ShownMessage[], me: string, readSeq: number): number {
  return messages.filter(
    (message) => message.status === 'sent' && message.author !== me && message.seq > readSeq,
  ).length;
}

function lastSeq(messages: readonly ShownMessage[]): number {
  return messages.findLast((message) => message.status === 'sent')?.seq ?? 0;
}

function stored(key: string): number | null {
  const value = typeof sessionStorage === 'undefined' ? null : sessionStorage.getItem(key);
  return value === null ? null : Number(value);
}

/** How many messages came since the chat was last seen; survives a reload of the tab. Coming in, nothing is unread. */
export function useUnread(
  roomId: string,
  messages: readonly ShownMessage[],
  me: string,
  seen: boolean,
): number {
  const key = `lectern.read.${roomId}`;
  const [readSeq, setReadSeq] = useState(() => lastSeq(messages));
  useLayoutEffect(() => setReadSeq((now) => stored(key) ?? now), [key]);
  const last = lastSeq(messages);
  useEffect(() => {
    const now = seen ? Math.max(last, readSeq) : readSeq;
    if (now !== readSeq) setReadSeq(now);
    try {
      sessionStorage.setItem(key, String(now));
    } catch (error) {
      console.warn('What was read could not be remembered', error);
    }
  }, [key, seen, last, readSeq]);
  return seen ? 0 : countUnread(messages, me, readSeq);
}
