'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import type { Viewport } from '@/room/state';
import { useDocumentPages } from './document-pages';
import { type PageGeometry, placePage, type Size } from './page-geometry';
import { PageView } from './page-view';
import { usePageGestures } from './use-page-gestures';

export type StageDocumentProps = {
  roomId: string;
  documentId: string;
  /** From 1. */
  page: number;
  /** The part of the page that is to be seen, in fractions of it; null shows the whole page. */
  viewport: Viewport | null;
  /** Called when the viewer zooms or moves the page by wheel or fingers; without it the page stays where it is put. */
  onViewportChange?: (viewport: Viewport | null) => void;
  /** Drawn above the page in a box that covers the whole stage: page units → CSS pixels by the geometry. */
  renderOverlay?: (geometry: PageGeometry) => ReactNode;
};

/** A document's page on the stage, and what is drawn above it. Fills its parent, which has to have a size. */
export function StageDocument(props: StageDocumentProps) {
  const { roomId, documentId, page, viewport, onViewportChange, renderOverlay } = props;
  const frame = useRef<HTMLDivElement>(null);
  const stage = useSize(frame);
  const pages = useDocumentPages(roomId, documentId, page);
  const size = pages.kind === 'ready' ? pages.document.pages[page - 1] : undefined;
  const geometry = stage && size ? placePage(size, stage, viewport) : null;
  usePageGestures(frame, { geometry, viewport, onMove: onViewportChange });
  return (
    <div
      ref={frame}
      className="relative size-full touch-none overflow-hidden overscroll-none"
      data-document={documentId}
      data-page={page}
    >
      {pages.kind === 'ready' && stage && geometry && (
        <PageView
          roomId={roomId}
          documentId={documentId}
          document={pages.document}
          page={page}
          geometry={geometry}
          stage={stage}
        />
      )}
      {geometry && renderOverlay && (
        <div className="pointer-events-none absolute inset-0">{renderOverlay(geometry)}</div>
      )}
      {pages.kind === 'loading' && <LoadingNote />}
      {pages.kind === 'failed' && (
        <FailedNote gone={pages.refusal.code !== 'OFFLINE'} onRetry={pages.retry} />
      )}
    </div>
  );
}

const LOADING_NOTE_MS = 300;

/** Most documents are there sooner than anybody reads: the note comes after a moment. */
function LoadingNote() {
  const t = useTranslations('documents.page');
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LOADING_NOTE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div className="absolute inset-0 grid place-content-center [&_*]:text-white/80">
      <Progress label={t('loading')} />
    </div>
  );
}

function FailedNote({ gone, onRetry }: { gone: boolean; onRetry: () => void }) {
  const t = useTranslations('documents.page');
  return (
    <div
      role="alert"
      className="absolute inset-0 grid place-content-center justify-items-center gap-3 p-6 text-center"
    >
      <p className="max-w-md text-white/80">{gone ? t('gone') : t('away')}</p>
      <Button size="small" onClick={onRetry}>
        {t('again')}
      </Button>
    </div>
  );
}

function useSize(ref: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
