'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** How long a pen may be up between two strokes of the same word, ms. */
const BETWEEN_STROKES_MS = 700;

/**
 * Keeps its height while somebody draws: what comes or goes above the stage would move the page under the pen. It has its own
 * height again a moment after the last stroke.
 */
export function HoldStill({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let release: ReturnType<typeof setTimeout> | undefined;
    const hold = ({ target }: PointerEvent) => {
      if (!box.current || !(target instanceof Element) || !target.closest('[data-board]')) return;
      clearTimeout(release);
      if (!box.current.style.height) box.current.style.height = `${box.current.offsetHeight}px`;
    };
    const letGo = () => {
      clearTimeout(release);
      release = setTimeout(() => box.current?.style.removeProperty('height'), BETWEEN_STROKES_MS);
    };
    const ends = ['pointerup', 'pointercancel', 'blur'] as const;
    addEventListener('pointerdown', hold, true);
    for (const end of ends) addEventListener(end, letGo, true);
    return () => {
      clearTimeout(release);
      removeEventListener('pointerdown', hold, true);
      for (const end of ends) removeEventListener(end, letGo, true);
    };
  }, []);
  return (
    <div ref={box} className="shrink-0 overflow-hidden">
      {children}
    </div>
  );
}
