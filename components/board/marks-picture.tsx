'use client';

import { useLayoutEffect, useRef } from 'react';
import type { BoardRecord } from '@/room/boards';
import { paintBoard } from './paint-board';

type Props = {
  /** Null: not there yet. */
  records: readonly BoardRecord[] | null;
  /** Of what they are drawn on, in page units. */
  width: number;
  'data-copy'?: string;
};

/** A layer's marks painted small, over all of its parent. */
export function MarksPicture({ records, width, ...named }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !records) return;
    const ratio = window.devicePixelRatio || 1;
    // Setting the size empties the canvas.
    element.width = Math.round(element.clientWidth * ratio);
    element.height = Math.round(element.clientHeight * ratio);
    const scale = element.width / width;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    paintBoard(context, records);
    element.dataset.marks = String(records.length);
  }, [records, width]);
  return <canvas ref={canvas} aria-hidden {...named} className="absolute inset-0 size-full" />;
}
