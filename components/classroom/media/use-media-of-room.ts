'use client';

import { useEffect, useState } from 'react';
import type { RoomOpening } from '@/components/room-log/types';
import { useRoom } from '@/components/room-log/use-room';
import { useMe } from '@/components/room-log/use-room';
import { createLazyMedia, type LazyMedia } from './lazy-media';
import type { GrantAnswer } from './types';

/** Codes after which asking again makes no sense until the log says something new. */
const FINAL = new Set([
  'LESSON_NOT_LIVE',
  'LESSON_ENDED',
  'REMOVED',
  'NOT_FOUND',
  'NOT_ALLOWED',
  'NOT_SIGNED_IN',
]);

async function askGrant(roomId: string): Promise<GrantAnswer> {
  const { trpc, refusalOf } = await import('@/components/trpc');
  try {
    return { kind: 'grant', grant: await trpc.media.token.query({ roomId }) };
  } catch (error) {
    return { kind: FINAL.has(refusalOf(error).code) ? 'refused' : 'unreachable' };
  }
}

/** Voice and video for as long as a lesson is live and the person is in: it begins with the page's own grant. */
export function useMediaOfRoom(opening: RoomOpening): LazyMedia {
  const { roomId, me } = opening;
  const [media] = useState(() =>
    createLazyMedia({ me, askGrant: () => askGrant(roomId), random: Math.random }),
  );
  const lessonId = useRoom((view) => view.head.lesson?.id ?? null);
  const removed = useMe().person.removed;
  const [firstGrant] = useState(() => {
    let grant = opening.media;
    return () => {
      const taken = grant;
      grant = null;
      return taken;
    };
  });
  useEffect(() => {
    if (!lessonId || removed) return media.stop();
    media.start(firstGrant());
    return () => media.stop();
  }, [media, firstGrant, lessonId, removed]);
  return media;
}
