'use client';

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import { INITIAL_VIEW, type LazyMedia } from './lazy-media';
import type { MediaView } from './types';

const MediaContext = createContext<LazyMedia | null>(null);

export function MediaProvider({ media, children }: { media: LazyMedia; children: ReactNode }) {
  return <MediaContext value={media}>{children}</MediaContext>;
}

/** Voice and video of this tab. @throws outside of the classroom */
export function useMedia(): LazyMedia {
  const media = useContext(MediaContext);
  if (!media) throw new Error('useMedia stands outside of MediaProvider');
  return media;
}

/** One part of the media view; renders again only when that part has changed. */
export function useMediaView<T>(select: (view: MediaView) => T): T {
  const media = useMedia();
  return useSyncExternalStore(
    media.subscribe,
    () => select(media.getView()),
    () => select(INITIAL_VIEW),
  );
}
