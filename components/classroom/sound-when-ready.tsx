'use client';

import type { Room } from 'livekit-client';
import { Suspense, useEffect, useState } from 'react';
import { lazyPart } from '@/components/ui/lazy-part';
import { useMedia } from './media/media-context';

const Sound = lazyPart(() => import('./sound'));

/** Plays what is said from the moment one is in the room. Its code comes after the media client's. */
export function SoundWhenReady() {
  const media = useMedia();
  const [room, setRoom] = useState<Room | null>(null);
  useEffect(() => {
    let current = true;
    void media.ready.then((controller) => {
      if (current) setRoom(controller.room);
    });
    return () => {
      current = false;
    };
  }, [media]);
  return <Suspense fallback={null}>{room && <Sound room={room} />}</Suspense>;
}
