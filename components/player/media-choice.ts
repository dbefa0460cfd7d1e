'use client';

import { useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { useRoomLog } from '@/components/room-log/use-room';
import type { MediaItem, MediaSource } from '@/room/media';

/** Something that somebody found to play: what it is, what it is called, and where in it to begin (ms). */
export type Found = { source: MediaSource; title: string; startMs: number };

export type MediaChoice = {
  /** Plays it for everyone, now. */
  play: (found: Found) => void;
  /** Puts it at the queue's end. */
  queue: (found: Found) => void;
  /** Why the last one was refused; null: it was not. */
  refused: string | null;
  forget: () => void;
};

/** Sends what was chosen, and tells what was refused. */
export function useMediaChoice(): MediaChoice {
  const log = useRoomLog();
  const sentenceOf = useRefusalSentence();
  const [refused, setRefused] = useState<string | null>(null);
  const itemOf = ({ source, title }: Found): MediaItem => ({ id: crypto.randomUUID(), source, title });
  const send = (body: Parameters<typeof log.send>[0]) =>
    void log.send(body).then((result) => setRefused(result.ok ? null : sentenceOf(result)));
  return {
    play: (found) =>
      send({
        type: 'media.load',
        payload: { item: itemOf(found), positionMs: found.startMs, paused: false },
      }),
    queue: (found) =>
      send({ type: 'media.queue', payload: { item: { ...itemOf(found), startMs: found.startMs } } }),
    refused,
    forget: () => setRefused(null),
  };
}
