'use client';

import { useTranslations } from 'next-intl';
import { Suspense, useState } from 'react';
import { lazyPart } from '@/components/ui/lazy-part';
import type { DocumentPages } from './document-pages';
import { type PageGeometry, seenOfTable, type Size } from './page-geometry';
import { placeRegion } from './page-region';
import { useSettled } from './use-settled';

const PageCanvas = lazyPart(async () => ({ default: (await import('./page-canvas')).PageCanvas }));

/** How wide pictures are made at conversion; a page that is drawn larger than this on screen gets pdf.js on top. */
const PICTURE_PIXELS = 1600;
/** The pages whose pictures are there, by their distance from the one that was turned to. */
const NEAR = [0, -1, 1, 2];
/** What is fetched and decoded for later keeps out of the way of the page that is being turned to; ms. */
const AHEAD_AFTER_MS = 120;

type Props = {
  roomId: string;
  documentId: string;
  document: DocumentPages;
  page: number;
  geometry: PageGeometry;
  stage: Size;
};

/**
 * A page: its picture at once, and above it, where the picture is too coarse or not made yet, the page drawn by pdf.js. The
 * pictures of the pages around it lie below it, each a layer of its own, which the browser has drawn to its size by the time that the page
 * is turned: to do that then takes longer than all else.
 */
export function PageView({ roomId, documentId, document, page, geometry, stage }: Props) {
  const t = useTranslations('documents.page');
  const whole = { x: 0, y: 0, width: geometry.width, height: geometry.height };
  const place = placeRegion(whole, geometry);
  const around = useSettled(page, AHEAD_AFTER_MS);
  const still = useSettled(geometry, AHEAD_AFTER_MS) === geometry;
  const near = around === null ? [] : NEAR.map((step) => around + step);
  // By their numbers: what changes its place among the others is drawn anew, as if it had just come.
  const numbers = [...new Set([page, ...near])].toSorted((one, other) => one - other);
  const shown = numbers.flatMap((number) => {
    const picture = document.pageAt(number)?.picture;
    return picture ? [{ number, picture }] : [];
  });
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set());
  const current = shown.find(({ number }) => number === page);
  const pixels = geometry.width * geometry.scale * devicePixelRatioNow();
  const coarse = !current || failed.has(current.picture) || pixels > PICTURE_PIXELS * 1.05;
  return (
    <>
      <div className="absolute inset-0 isolate">
        <div role="img" aria-label={t('picture', { page })} className="absolute z-1 bg-white" style={place} />
        {shown.map(({ number, picture }) => (
          // Made at conversion in the size that is needed: there is nothing for Next to make of it.
          // oxlint-disable-next-line nextjs/no-img-element
          <img
            key={picture}
            src={picture}
            alt=""
            data-page-picture={number === page ? number : undefined}
            decoding="sync"
            fetchPriority={number === page ? 'high' : 'low'}
            draggable={false}
            onLoad={(event) => void event.currentTarget.decode().catch(() => undefined)}
            onError={() => setFailed((known) => new Set(known).add(picture))}
            className={`pointer-events-none absolute max-w-none select-none ${number === page ? 'z-2' : still ? '' : 'invisible'}`}
            style={{ ...place, transform: `${place.transform} translateZ(0)` }}
          />
        ))}
      </div>
      {coarse && document.hasPdf && (
        <Suspense>
          <PageCanvas
            roomId={roomId}
            documentId={documentId}
            page={page}
            geometry={geometry}
            seen={seenOfTable(stage, geometry.rotation)}
          />
        </Suspense>
      )}
    </>
  );
}

function devicePixelRatioNow(): number {
  return typeof window === 'undefined' ? 1 : window.devicePixelRatio;
}
