'use client';

import { useEffect, useState } from 'react';
import { useClassroom } from '@/components/classroom/classroom-context';
import { trpc } from '@/components/trpc';
import { useCall } from '@/components/ui/use-call';

export type FoundVideo = Awaited<ReturnType<typeof trpc.youtube.search.query>>[number];

/** Searching YouTube, where this installation can. */
export function useYouTubeSearch() {
  const { roomId } = useClassroom();
  const [offered, setOffered] = useState(false);
  const [videos, setVideos] = useState<readonly FoundVideo[] | null>(null);
  const { busy, run, sentence, clear } = useCall();
  useEffect(() => {
    let stale = false;
    trpc.youtube.offered.query({ roomId }).then(
      ({ search }) => {
        if (!stale) setOffered(search);
      },
      // Without an answer there is no search; links go on working.
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [roomId]);
  const search = async (words: string) => {
    const found = await run(() => trpc.youtube.search.query({ roomId, words }));
    if (found) setVideos(found.answer);
  };
  const close = () => {
    setVideos(null);
    clear();
  };
  return { search: offered ? search : null, videos, busy, refused: sentence, close };
}

/** What a pasted video is called; null: YouTube does not say. */
export async function titleOf(roomId: string, videoId: string): Promise<string | null> {
  try {
    const video = await trpc.youtube.describe.query({ roomId, videoId });
    return video?.title.slice(0, 200) ?? null;
  } catch {
    // Its id is name enough.
    return null;
  }
}
