'use client';

import { useEffect } from 'react';
import { useClassroom } from '@/components/classroom/classroom-context';
import { useRoom } from '@/components/room-log/use-room';
import { askAhead } from './playback-ahead';

/** Fetches what plays media while people still look at their devices, and where the film is, where something plays. Shows nothing. */
export function PlayerAhead() {
  const { roomId } = useClassroom();
  const plays = useRoom((view) => Boolean(view.head.media?.playing));
  useEffect(() => {
    if (!plays) return;
    // What is missing then is fetched again when it is shown.
    import('./stage-media').catch((error: unknown) => console.warn('The player is not prepared', error));
  }, [plays]);
  const documentId = useRoom((view) => {
    const source = view.head.media?.playing?.source;
    return source?.kind === 'file' ? source.documentId : null;
  });
  useEffect(() => {
    if (documentId) askAhead({ roomId, documentId });
  }, [roomId, documentId]);
  return null;
}
