'use client';

import { useEffect, useRef, useState } from 'react';
import type { Box, PageGeometry } from './page-geometry';
import { type PageRegion, placeRegion, regionToDraw } from './page-region';
import { openPdf } from './pdf-document';

/** During a gesture what is drawn is stretched; it is drawn anew this long after the last change. */
const SETTLE_MS = 150;

type Drawn = { page: number; region: PageRegion; source: OffscreenCanvas | HTMLCanvasElement };
type Props = { roomId: string; documentId: string; page: number; geometry: PageGeometry; seen: Box };

/** A page of a PDF drawn by pdf.js at the screen's own resolution, above its picture. Shows nothing until it is drawn. */
export function PageCanvas({ roomId, documentId, page, geometry, seen }: Props) {
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const { width, height, scale, offsetX, offsetY } = geometry;
  const { left, top, width: seenWidth, height: seenHeight } = seen;
  useEffect(() => {
    const stopping = new AbortController();
    const timer = setTimeout(() => {
      const at = { width, height, scale, offsetX, offsetY };
      const box = { left, top, width: seenWidth, height: seenHeight };
      const region = regionToDraw(at, box, window.devicePixelRatio);
      if (!region) return;
      draw(roomId, documentId, page, region, stopping.signal).then(
        (source) => source && setDrawn({ page, region, source }),
        // The picture below stays: a page that pdf.js cannot draw is still seen.
        (error: unknown) => console.warn('The page was not drawn', error),
      );
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      stopping.abort();
    };
  }, [roomId, documentId, page, width, height, scale, offsetX, offsetY, left, top, seenWidth, seenHeight]);
  return drawn && drawn.page === page ? <DrawnCanvas drawn={drawn} geometry={geometry} /> : null;
}

function DrawnCanvas({ drawn, geometry }: { drawn: Drawn; geometry: PageGeometry }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { source, region, page } = drawn;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    element.width = source.width;
    element.height = source.height;
    element.getContext('2d')?.drawImage(source, 0, 0);
    element.dataset.drawn = String(page);
  }, [source, page]);
  return (
    <canvas ref={canvas} aria-hidden className="absolute max-w-none" style={placeRegion(region, geometry)} />
  );
}

/** Draws a part of a page out of sight; null when it was stopped. */
async function draw(
  roomId: string,
  documentId: string,
  number: number,
  region: PageRegion,
  signal: AbortSignal,
): Promise<HTMLCanvasElement | null> {
  const pdf = await openPdf(roomId, documentId);
  const page = await pdf.getPage(number);
  if (signal.aborted) return null;
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(region.width * region.scale));
  canvas.height = Math.max(1, Math.round(region.height * region.scale));
  const viewport = page.getViewport({
    scale: region.scale,
    offsetX: -region.x * region.scale,
    offsetY: -region.y * region.scale,
  });
  const task = page.render({ canvas, viewport, background: 'white' });
  signal.addEventListener('abort', () => task.cancel());
  try {
    await task.promise;
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
  return canvas;
}
