'use client';

import { type RefObject, useEffect, useState } from 'react';

const KEY = 'lectern.captions';
/** Somebody wants captions in whatever language there is. */
const ANY = '*';

export type Caption = { label: string; language: string | null; url: string };
/** Which captions are shown here: one's own choice, remembered by language. */
export type OwnCaptions = {
  list: readonly Caption[];
  shown: Caption | null;
  show: (caption: Caption | null) => void;
};

/** @param element  the player whose tracks they are, in the order of `list` */
export function useCaptions(
  element: RefObject<HTMLMediaElement | null>,
  list: readonly Caption[],
): OwnCaptions {
  const [wanted, setWanted] = useState(() => localStorage.getItem(KEY) ?? '');
  const shown = wanted === '' ? null : (list.find(({ language }) => language === wanted) ?? list[0] ?? null);
  const at = shown ? list.indexOf(shown) : -1;
  useEffect(() => {
    for (const [index, track] of [...(element.current?.textTracks ?? [])].entries())
      track.mode = index === at ? 'showing' : 'disabled';
  }, [element, at, list.length]);
  const show = (caption: Caption | null) => {
    const next = caption ? (caption.language ?? ANY) : '';
    setWanted(next);
    try {
      localStorage.setItem(KEY, next);
    } catch (error) {
      console.warn('The choice of captions could not be remembered', error);
    }
  };
  return { list, shown, show };
}
