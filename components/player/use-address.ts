'use client';

import { useCallback, useEffect, useState } from 'react';
import { useClassroom } from '@/components/classroom/classroom-context';
import { type Refusal, refusalOf, trpc } from '@/components/trpc';
import type { MediaSource } from '@/room/media';

const TRY_AGAIN_MS = 3000;

export type Address = {
  url: string | null;
  refusal: Refusal | null;
  again: () => void;
};

/** Where the browser's own player finds something: a file's signed address, asked for anew when it is called `again`. */
export function useAddress(source: Exclude<MediaSource, { kind: 'youtube' }>): Address {
  const { roomId } = useClassroom();
  const [tries, setTries] = useState(0);
  const [found, setFound] = useState<Omit<Address, 'again'>>({ url: null, refusal: null });
  const documentId = source.kind === 'file' ? source.documentId : null;
  const link = source.kind === 'link' ? source.url : null;
  useEffect(() => {
    if (!documentId) return undefined;
    let stale = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    trpc.documents.original.query({ roomId, documentId }).then(
      ({ url }) => {
        if (!stale) setFound({ url, refusal: null });
      },
      (error: unknown) => {
        if (stale) return;
        setFound({ url: null, refusal: refusalOf(error) });
        timer = setTimeout(() => setTries((count) => count + 1), TRY_AGAIN_MS);
      },
    );
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [roomId, documentId, tries]);
  const again = useCallback(() => setTries((count) => count + 1), []);
  return link ? { url: link, refusal: null, again } : { ...found, again };
}
