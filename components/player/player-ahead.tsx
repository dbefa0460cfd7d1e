'use client';

import { useEffect } from 'react';
import { useClassroom } from '@/components/classroom/classroom-context';
import { useRoom, useRoomLog } from '@/components/room-log/use-room';
import { positionAt } from '@/room/media';
import { clockOf } from './clock';
import { askAhead, type Told } from './playback-ahead';

/**
 * Where something plays, fetches while people still look at their devices what plays it, what time it is, where the film is, and what of
 * the film is shown now. Shows nothing.
 */
export function PlayerAhead() {
  const { roomId } = useClassroom();
  const log = useRoomLog();
  const clock = clockOf(log);
  const plays = useRoom((view) => Boolean(view.head.media?.playing));
  useEffect(() => {
    if (!plays) return undefined;
    // What is missing then is fetched again when it is shown.
    import('./stage-media').catch((error: unknown) => console.warn('The player is not prepared', error));
    return clock.start();
  }, [plays, clock]);
  const documentId = useRoom((view) => {
    const source = view.head.media?.playing?.source;
    return source?.kind === 'file' ? source.documentId : null;
  });
  useEffect(() => {
    if (!documentId) return undefined;
    const film = document.createElement('video');
    let stale = false;
    askAhead({ roomId, documentId }).then(
      (told) => {
        const { playing } = log.getView().head.media ?? {};
        if (!stale && playing) load(film, told, () => positionAt(playing, clock.now()));
      },
      (error: unknown) => console.info('What plays is asked for again when it is shown', error),
    );
    return () => {
      stale = true;
      // The browser keeps what has come for who asks for the same address next.
      film.removeAttribute('src');
    };
  }, [roomId, documentId, log, clock]);
  return null;
}

/** Has the browser fetch a file's beginning, and then what is shown at the moment. What is not made of one file is left alone. */
function load(film: HTMLVideoElement, { url, delivery }: Told, positionMs: () => number): void {
  if (!url || delivery !== 'file') return;
  film.crossOrigin = 'anonymous';
  film.preload = 'auto';
  film.muted = true;
  film.addEventListener('loadedmetadata', () => (film.currentTime = positionMs() / 1000), { once: true });
  film.src = url;
}
