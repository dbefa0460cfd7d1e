'use client';

import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { type PageGeometry, placePage, type Size } from '@/components/stage/page-geometry';

/** A blank board's paper, 16:10, in page units: about as large to the pen as a page of a document. */
export const PAPER: Size = { width: 1280, height: 800 };

/** An empty sheet on the stage, as large as fits, and what is drawn over it. */
export function BlankBoard({ children }: { children: (geometry: PageGeometry) => ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const [geometry, setGeometry] = useState<PageGeometry | null>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      const stage = { width: element.clientWidth, height: element.clientHeight };
      if (stage.width > 0 && stage.height > 0) setGeometry(placePage(PAPER, stage, null));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={frame} className="relative size-full overflow-hidden">
      {geometry && (
        <>
          <div
            className="absolute rounded-sm bg-white"
            style={{
              left: geometry.offsetX,
              top: geometry.offsetY,
              width: geometry.width * geometry.scale,
              height: geometry.height * geometry.scale,
            }}
          />
          <div className="absolute inset-0">{children(geometry)}</div>
        </>
      )}
    </div>
  );
}
