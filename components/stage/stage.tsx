'use client';

import { MonitorUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, Suspense, useRef } from 'react';
import { lazyPart } from '@/components/ui/lazy-part';
import { useMe, useRoom } from '@/components/room-log/use-room';
import type { Person } from '@/room/state';
import { useMediaView } from '../classroom/media/media-context';
import { Video } from '../classroom/video';
import { BoardOnStage } from './board-on-stage';
import { DocumentOnStage } from './document-on-stage';
import { EmptyStage } from './empty-stage';
import { StageNote } from './stage-note';
import { StageTabs } from './stage-tabs';
import { useFullScreen } from './use-full-screen';
import { useStageView } from './use-stage-view';

const StageMedia = lazyPart(async () => ({
  default: (await import('@/components/player/stage-media')).StageMedia,
}));

type Props = {
  roomId: string;
  onDocuments: () => void;
  /** What is seen while nothing is on the stage. */
  faces: ReactNode;
  /** There is little room, and something else has the viewer's attention: only what is shown is shown. */
  compact?: boolean;
};

/** What everyone looks at now. The same for presenter and viewer; only the presenter's has the tools. */
export function Stage({ roomId, onDocuments, faces, compact = false }: Props) {
  const t = useTranslations('stage');
  const { person: me } = useMe();
  const view = useStageView();
  const frame = useRef<HTMLElement>(null);
  const fullScreen = useFullScreen(frame);
  const { stage, document } = view;
  return (
    <section
      ref={frame}
      aria-label={t('label')}
      data-stage={stage.kind}
      className="flex size-full min-h-0 min-w-0 flex-col bg-stage"
    >
      {!compact && <StageTabs view={view} onAdd={onDocuments} />}
      {document ? (
        <DocumentOnStage
          key={document.id}
          roomId={roomId}
          view={view}
          document={document}
          compact={compact}
          fullScreen={fullScreen}
        />
      ) : stage.kind === 'board' ? (
        <BoardOnStage boardId={stage.boardId} view={view} compact={compact} fullScreen={fullScreen} />
      ) : stage.kind === 'media' ? (
        <Suspense fallback={<StageNote title={t('mediaComing')} />}>
          <StageMedia />
        </Suspense>
      ) : stage.kind === 'screen' ? (
        <ScreenOnStage participantId={stage.participantId} me={me} />
      ) : (
        <EmptyStage presenting={view.presenting} onDocuments={onDocuments} faces={faces} />
      )}
    </section>
  );
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
