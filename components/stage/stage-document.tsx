'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, type RefObject, Suspense, useEffect, useState } from 'react';
import { lazyPart } from '@/components/ui/lazy-part';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import type { OpenDocument } from '@/room/state';
import type { Marked } from './find-words';
import { type PageGeometry, type Size, tableOn } from './page-geometry';
import { PageView } from './page-view';
import { usePageGestures } from './use-page-gestures';
import type { Sheet } from './use-sheet';
import type { StageView } from './use-stage-view';

const PageText = lazyPart(async () => ({ default: (await import('./page-text')).PageText }));

export type StageDocumentProps = {
  ref: RefObject<HTMLDivElement | null>;
  roomId: string;
  document: OpenDocument;
  sheet: Sheet;
  view: StageView;
  /** Text can be selected and links followed: nothing above takes the pointer. */
  readable: boolean;
  /** They put the pen away for it. */
  reading: boolean;
  /** What was looked for and is marked on the page. */
  marked: Marked | null;
  /** Drawn above the page, on its table: page units → CSS pixels by the geometry. `above` lies over the table and is not rotated with it. */
  renderOverlay: (geometry: PageGeometry, above: HTMLElement | null) => ReactNode;
};

/** A document's page on the stage, and what is drawn above it. Fills its parent, which has to have a size. */
export function StageDocument(props: StageDocumentProps) {
  const { ref, roomId, document, sheet, view, readable, reading, marked, renderOverlay } = props;
  const { pages, stage, geometry } = sheet;
  const { viewport, mayMove, move } = view;
  usePageGestures(ref, { geometry, viewport, onMove: mayMove ? move : undefined });
  const [above, setAbove] = useState<HTMLElement | null>(null);
  const [touched, setTouched] = useState(false);
  const touch = () => setTouched(true);
  const withText = marked !== null || (readable && (touched || reading));
  return (
    <div
      ref={ref}
      // Not `enter`: React misses it where what was under the pointer has gone.
      onPointerMove={touch}
      onPointerDown={touch}
      onFocus={touch}
      className="relative size-full touch-none overflow-hidden overscroll-none"
      data-document={document.id}
      data-page={document.page}
    >
      {pages.kind === 'ready' && stage && geometry && (
        <div className="pointer-events-none absolute" style={placeTable(stage, geometry)}>
          <PageView
            roomId={roomId}
            documentId={document.id}
            document={pages.document}
            page={document.page}
            geometry={geometry}
            stage={stage}
          />
          {withText && pages.document.hasPdf && (
            <Suspense>
              <PageText
                roomId={roomId}
                document={document}
                geometry={geometry}
                readable={readable}
                marked={marked}
                view={view}
              />
            </Suspense>
          )}
          <div className="absolute inset-0">{above && renderOverlay(geometry, above)}</div>
        </div>
      )}
      <div ref={setAbove} className="pointer-events-none absolute inset-0" />
      {(pages.kind === 'loading' || (pages.kind === 'ready' && stage && !geometry)) && <LoadingNote />}
      {pages.kind === 'failed' && (
        <FailedNote gone={pages.refusal.code !== 'OFFLINE'} onRetry={pages.retry} />
      )}
    </div>
  );
}

function placeTable(stage: Size, { rotation = 0 }: PageGeometry) {
  return { ...tableOn(stage, rotation), ...(rotation !== 0 && { transform: `rotate(${rotation}deg)` }) };
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
