'use client';

import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import type { Viewport } from '@/room/state';
import { type PageGeometry, placePage, type Size } from './page-geometry';

export type StageDocumentProps = {
  roomId: string;
  documentId: string;
  /** From 1. */
  page: number;
  /** The part of the page that is to be seen, in fractions of it; null shows the whole page. */
  viewport: Viewport | null;
  /** Called when the viewer zooms or moves the page by wheel, pinch or keys; without it the page stays where it is put. */
  onViewportChange?: (viewport: Viewport | null) => void;
  /**
   * Drawn above the page in a box that covers the whole stage: page units → CSS pixels by the geometry. `null` until the
   * page's size is known.
   */
  renderOverlay?: (geometry: PageGeometry) => ReactNode;
};

/** A document's page on the stage, and what is drawn above it. Fills its parent, which has to have a size. */
export function StageDocument({ documentId, page, viewport, renderOverlay }: StageDocumentProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [stage, setStage] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setStage({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const geometry = stage && placePage({ width: 612, height: 792 }, stage, viewport);
  return (
    <div
      ref={frame}
      className="relative size-full overflow-hidden"
      data-document={documentId}
      data-page={page}
    >
      {geometry && (
        <div
          className="absolute bg-white"
          style={{
            left: geometry.offsetX,
            top: geometry.offsetY,
            width: geometry.width * geometry.scale,
            height: geometry.height * geometry.scale,
          }}
        />
      )}
      {geometry && renderOverlay && <div className="absolute inset-0">{renderOverlay(geometry)}</div>}
    </div>
  );
}
