'use client';

import { FileText, Presentation } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useRoom } from '@/components/room-log/use-room';
import { StageNote } from './stage-note';
import { useNewBoard } from './use-new-board';

type Props = { presenting: boolean; onDocuments: () => void; faces: ReactNode };

/** Nothing on the stage: faces have it while the class runs; before, whoever presents is told how to fill it. */
export function EmptyStage({ presenting, onDocuments, faces }: Props) {
  const t = useTranslations('stage.empty');
  const live = useRoom((view) => view.head.lesson !== null);
  const newBoard = useNewBoard();
  if (live) return <div className="min-h-0 flex-1 p-2">{faces}</div>;
  if (!presenting) return <StageNote title={t('nothing')} />;
  return (
    <StageNote title={t('prepare')}>
      <div className="flex flex-wrap justify-center gap-2.5 pt-1">
        <StageAction icon={<FileText size={17} />} label={t('document')} onPress={onDocuments} />
        <StageAction icon={<Presentation size={17} />} label={t('board')} onPress={() => void newBoard()} />
      </div>
    </StageNote>
  );
}

function StageAction({ icon, label, onPress }: { icon: ReactNode; label: string; onPress: () => void }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="flex h-10 items-center gap-2 rounded-control border border-white/25 px-4 font-medium text-sm text-white transition-colors hover:bg-white/10"
    >
      <span aria-hidden>{icon}</span>
      {label}
    </button>
  );
}
