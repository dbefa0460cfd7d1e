'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Axis } from './axis';
import { followPointer } from './follow-pointer';
import { momentAt } from './moment-at';
import { drawn } from './moves';

export type Drawn = { at: number; minutes: number };

/** Drawing over empty time chooses when a new lesson is; a press alone, only its start. */
export function useDrawing(
  axis: Axis,
  grid: RefObject<HTMLDivElement | null>,
  onDrawn: ((at: number, minutes: number | null) => void) | null,
): Drawn | null {
  const [drawing, setDrawing] = useState<Drawn | null>(null);
  const done = useRef(onDrawn);
  useEffect(() => {
    done.current = onDrawn;
  });
  const may = onDrawn !== null;
  useEffect(() => {
    const box = grid.current;
    if (!box || !may) return undefined;
    const press = (event: PointerEvent) => {
      const onLesson = event.target instanceof Element && event.target.closest('button');
      const from = momentAt(axis, box, event.clientX, event.clientY);
      if (event.button !== 0 || onLesson || from === null) return;
      let held = drawn(from, from);
      followPointer(event, {
        begin: () => setDrawing(held),
        move: (x, y) => {
          held = drawn(from, momentAt(axis, box, x, y) ?? from);
          setDrawing(held);
        },
        end: (dropped) => {
          setDrawing(null);
          if (dropped) done.current?.(held.at, held.minutes);
        },
        tap: () => done.current?.(held.at, null),
      });
    };
    box.addEventListener('pointerdown', press);
    return () => box.removeEventListener('pointerdown', press);
  }, [axis, grid, may]);
  return drawing;
}
