'use client';

import { useCallback, useEffect, useState } from 'react';
import { useClassroom } from '@/components/classroom/classroom-context';
import { type Refusal, refusalOf } from '@/components/trpc';
import type { MediaSource } from '@/room/media';
import { askPlayback, type Told } from './playback-ahead';

export type NativeSource = Exclude<MediaSource, { kind: 'youtube' }>;

/** What of something can be played here and now, and what is known of it. */
export type Playback = Told & {
  /** Why the server does not say; it is asked again by itself. */
  refusal: Refusal | null;
  /** Asks anew: what was found is lost. */
  again: () => void;
  /** Counts the addresses that were found: a new one may read as the old one. */
  attempt: number;
};

const TRY_AGAIN_MS = 3000;
/** How often somebody looks whether it can be played by now; and, once it can, how far it is and what belongs to it. A class has many. */
const LOOK_AGAIN_MS = 2000;
const LOOK_ON_MS = 6000;
const MOST_LOOKS = 20;

/**
 * Where the browser's own player finds something. A file's signed address stays the one that came first until `again` is called: what plays
 * is not begun anew because the same lies elsewhere too.
 */
export function usePlayback(source: NativeSource): Playback {
  const { roomId } = useClassroom();
  const [tries, setTries] = useState(0);
  const [told, setTold] = useState<(Told & { attempt: number }) | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const documentId = source.kind === 'file' ? source.documentId : null;
  useEffect(() => {
    if (!documentId) return undefined;
    let stale = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let looks = 0;
    let wasWhole = false;
    const look = () => {
      askPlayback({ roomId, documentId }).then(
        (found) => {
          if (stale) return;
          setRefusal(null);
          setTold((before) => ({
            ...(before?.attempt === tries ? keepAddresses(before, found) : found),
            attempt: tries,
          }));
          const whole = found.state !== 'converting' && (hasExtras(found) || looks >= MOST_LOOKS);
          looks += 1;
          // What was there at the last look may have been the first of several.
          if (!whole || !wasWhole) timer = setTimeout(look, found.url ? LOOK_ON_MS : LOOK_AGAIN_MS);
          wasWhole = whole;
        },
        (error: unknown) => {
          if (stale) return;
          setRefusal(refusalOf(error));
          timer = setTimeout(look, TRY_AGAIN_MS);
        },
      );
    };
    look();
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [roomId, documentId, tries]);
  const again = useCallback(() => setTries((count) => count + 1), []);
  if (source.kind === 'link') return { ...linkTold(source.url), refusal: null, again, attempt: tries };
  return { attempt: 0, ...(told ?? NOTHING_YET), refusal, again };
}

/** Signed addresses are others each time; what they lead to is the same. */
function keepAddresses(before: Told, found: Told): Told {
  const sameCaptions = before.captions.length === found.captions.length;
  return {
    ...found,
    ...(before.url && { url: before.url, delivery: before.delivery }),
    posterUrl: before.posterUrl ?? found.posterUrl,
    captions: sameCaptions ? before.captions : found.captions,
  };
}

/** Its picture, or how it sounds, is made after it can be played; so are captions. */
function hasExtras({ video, posterUrl, waveform }: Told): boolean {
  return video ? posterUrl !== null : waveform !== null;
}

const NOTHING_YET: Told = {
  state: 'ready',
  progress: null,
  ahead: null,
  failure: null,
  url: null,
  delivery: 'file',
  mimeType: '',
  video: true,
  durationMs: null,
  posterUrl: null,
  waveform: null,
  captions: [],
};

/** Of an address nothing is known but itself. */
function linkTold(url: string): Told {
  const delivery = /\.m3u8$/i.test(new URL(url).pathname) ? 'hls' : 'file';
  return { ...NOTHING_YET, url, delivery };
}
