'use client';

import { MonitorUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { BoardToolsSlot } from '@/components/board/tools-slot';
import { pageBoardId } from '@/room/boards';
import type { OpenDocument, Person } from '@/room/state';
import { useMediaView } from '../classroom/media/media-context';
import { useMe, useRoom, useRoomLog } from '@/components/room-log/use-room';
import { Video } from '../classroom/video';
import { EmptyStage } from './empty-stage';
import { PageBar } from './page-bar';
import { StageBoard } from './stage-board';
import { StageDocument } from './stage-document';
import { StageNote } from './stage-note';
import { StageTabs } from './stage-tabs';
import { useStageViewport } from './use-stage-viewport';

const StageMedia = lazy(async () => ({
  default: (await import('@/components/player/stage-media')).StageMedia,
}));

type Props = {
  roomId: string;
  onDocuments: () => void;
  /** What is seen while nothing is on the stage. */
  faces: ReactNode;
};

/** What everyone looks at now. The same for presenter and viewer; only the presenter's has the tools. */
export function Stage({ roomId, onDocuments, faces }: Props) {
  const t = useTranslations('stage');
  const { person: me, rights, mayPresent } = useMe();
  const stage = useRoom((view) => view.head.stage);
  const documents = useRoom((view) => view.head.documents);
  const document =
    stage.kind === 'document' ? documents.find(({ id }) => id === stage.documentId) : undefined;
  return (
    <section
      aria-label={t('label')}
      data-stage={stage.kind}
      className="flex size-full min-h-0 min-w-0 flex-col"
    >
      <StageTabs presenting={mayPresent} onAdd={onDocuments} />
      {document ? (
        <DocumentOnStage
          key={document.id}
          roomId={roomId}
          document={document}
          presenting={mayPresent}
          canDraw={rights.draw}
        />
      ) : stage.kind === 'board' ? (
        <>
          <div className="relative min-h-0 flex-1">
            <StageBoard boardId={stage.boardId} geometry={null} mayDraw={rights.draw} />
          </div>
          <div className="@container/bar min-h-2 shrink-0 p-1">
            <BoardToolsSlot reserved={rights.draw} />
          </div>
        </>
      ) : stage.kind === 'media' ? (
        <Suspense fallback={<StageNote title={t('mediaComing')} />}>
          <StageMedia roomId={roomId} />
        </Suspense>
      ) : stage.kind === 'screen' ? (
        <ScreenOnStage participantId={stage.participantId} me={me} />
      ) : (
        <EmptyStage presenting={mayPresent} onDocuments={onDocuments} faces={faces} />
      )}
    </section>
  );
}

type DocumentProps = { roomId: string; document: OpenDocument; presenting: boolean; canDraw: boolean };

function DocumentOnStage({ roomId, document, presenting, canDraw }: DocumentProps) {
  const t = useTranslations('stage');
  const log = useRoomLog();
  const boardId = pageBoardId(document.id, document.page);
  const view = useStageViewport(presenting, boardId);
  const turn = (page: number) => {
    if (page < 1 || page > document.pageCount) return;
    void log.send({ type: 'page.turn', payload: { documentId: document.id, page } });
  };
  usePageKeys(presenting, (step) => turn(document.page + step));
  return (
    <>
      <div className="relative min-h-0 flex-1 overflow-hidden">
        <StageDocument
          roomId={roomId}
          documentId={document.id}
          page={document.page}
          viewport={view.viewport}
          onViewportChange={view.move}
          renderOverlay={(geometry) => <StageBoard boardId={boardId} geometry={geometry} mayDraw={canDraw} />}
        />
        {view.looking && (
          <>
            <span
              aria-hidden
              className="pointer-events-none absolute inset-0 ring-2 ring-accent ring-inset"
            />
            <button
              type="button"
              onClick={view.follow}
              className="absolute bottom-3 left-1/2 h-9 -translate-x-1/2 rounded-full bg-accent px-4 font-medium text-on-accent text-sm shadow-float"
            >
              {t('back')}
            </button>
          </>
        )}
      </div>
      <PageBar
        document={document}
        presenting={presenting}
        canDraw={canDraw}
        viewport={view.viewport}
        onMove={view.move}
        onTurn={turn}
      />
    </>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

/** Arrow keys turn pages for presenters, except where an arrow has another meaning. */
function usePageKeys(presenting: boolean, onStep: (step: number) => void) {
  useEffect(() => {
    if (!presenting) return;
    const down = (event: KeyboardEvent) => {
      const step = STEPS[event.key];
      const { target } = event;
      if (!step || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
        return;
      if (
        target instanceof HTMLElement &&
        (target.isContentEditable || target.matches('input, textarea, select'))
      )
        return;
      onStep(step);
    };
    window.addEventListener('keydown', down);
    return () => window.removeEventListener('keydown', down);
  });
}

function ScreenOnStage({ participantId, me }: { participantId: string; me: Person }) {
  const t = useTranslations('stage');
  const name = useRoom((view) => view.head.people[participantId]?.name ?? '');
  const own = useMediaView((view) => participantId === me.id && view.mine.screen);
  const there = useMediaView((view) => Boolean(view.people[participantId]?.screen));
  if (own) return <StageNote icon={<MonitorUp size={28} />} title={t('ownScreen')} />;
  if (!there) return <StageNote icon={<MonitorUp size={28} />} title={t('screenComing', { name })} />;
  return (
    <div className="min-h-0 flex-1 p-2">
      <Video
        participantId={participantId}
        source="screen"
        label={t('screenOf', { name })}
        className="size-full object-contain"
      />
    </div>
  );
}
