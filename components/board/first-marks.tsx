'use client';

import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { PageGeometry } from '@/components/stage/page-geometry';
import type { BoardSession } from './board-session';
import { paintRecords } from './paint-stroke';

type Props = { session: BoardSession; geometry: PageGeometry };

/**
 * The lines of a board until what draws all of it is there: who comes late to a full page sees it at once, and not when a
 * large program has been read and has made its picture.
 */
export function FirstMarks({ session, geometry }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const over = useIsOver(session);
  useLayoutEffect(() => {
    if (over) return undefined;
    const paint = () => {
      if (canvas.current && !session.isShown) paintInto(canvas.current, session, geometry);
    };
    paint();
    return session.subscribe(paint);
  }, [over, session, geometry]);
  return over ? null : (
    <canvas ref={canvas} aria-hidden data-first-marks="" className="absolute inset-0 size-full" />
  );
}

/** Whether the board is drawn by what draws all of it: not in the frame in which it gets the records, but after it. */
function useIsOver(session: BoardSession): boolean {
  const [over, setOver] = useState<BoardSession | null>(session.isShown ? session : null);
  useEffect(() => {
    let frame = 0;
    const look = () => {
      if (!session.isShown || frame) return;
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => setOver(session));
      });
    };
    look();
    const stop = session.subscribe(look);
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [session]);
  return over === session;
}

function paintInto(canvas: HTMLCanvasElement, session: BoardSession, geometry: PageGeometry): void {
  const records = session.records();
  if (records.length === 0 && !canvas.dataset.firstMarks) return;
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = window.devicePixelRatio || 1;
  // Setting the size empties the canvas.
  canvas.width = Math.round(canvas.clientWidth * ratio);
  canvas.height = Math.round(canvas.clientHeight * ratio);
  const scale = geometry.scale * ratio;
  context.setTransform(scale, 0, 0, scale, geometry.offsetX * ratio, geometry.offsetY * ratio);
  canvas.dataset.firstMarks = String(paintRecords(context, records));
}
