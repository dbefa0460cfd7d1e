'use client';

import { Download, LayoutGrid, Layers, Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useMe, useRoom, useRoomLog } from '@/components/room-log/use-room';
import { tabOfBoard } from '@/room/boards';
import { mayHaveCopy } from '@/room/policy';
import type { Copies } from '@/room/state';
import { ExportMenu } from '../export-menu';
import { useExportProgress } from '../export-progress';
import { MenuItem } from '../menu-item';
import { Popover } from '@/components/ui/popover';
import { lookAt, useCopiesView } from './copies-view';

type Props = { boardId: string; copies: Copies | null; revealed: string | null };

/** Above the page at its edge: whose marks one looks at and draws on, and what can be done with all of them. */
export function CopiesBar({ boardId, copies, revealed }: Props) {
  const t = useTranslations('layers');
  const { person: me, mayPresent, mayManage } = useMe();
  const { opened } = useCopiesView();
  const nameOf = useName();
  const shown = mayManage && copies ? opened : null;
  return (
    <div className="pointer-events-none absolute inset-x-2 top-2 z-10 flex items-start justify-end gap-1.5">
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
        {shown && <OpenedCopy boardId={boardId} participantId={shown} revealed={revealed} />}
        {!shown && !revealed && copies && mayHaveCopy(me) && <OwnCopy copies={copies} />}
        {!shown && revealed && (
          <Chip>
            {revealed === me.id ? t('yoursShown') : t('shown', { name: nameOf(revealed) })}
            {mayManage && <HideCopy boardId={boardId} />}
          </Chip>
        )}
      </div>
      <MakingFile />
      {mayPresent && <CopiesMenu boardId={boardId} copies={copies} manages={mayManage} />}
      <Popover
        label={t('export')}
        icon={<Download size={17} />}
        hanging
        look={DARK}
        className="pointer-events-auto"
      >
        <ExportMenu boardId={boardId} copies={copies} />
      </Popover>
    </div>
  );
}

/** How far the file is that one has asked for. */
function MakingFile() {
  const t = useTranslations('exports');
  const progress = useExportProgress();
  return (
    <output>{progress && <Chip>{progress.total > 0 ? t('progress', progress) : t('started')}</Chip>}</output>
  );
}

const DARK = 'bg-black/55! text-white! hover:bg-black/75! backdrop-blur-xs';

function Chip({ children }: { children: ReactNode }) {
  return (
    <p className="pointer-events-auto flex min-h-9 max-w-full flex-wrap items-center gap-x-2 gap-y-1 rounded-control bg-black/65 py-1 pr-1.5 pl-3 text-white text-xs backdrop-blur-xs [&>button:last-child]:mr-0 [&:not(:has(button))]:pr-3">
      {children}
    </p>
  );
}

function ChipButton({ onPress, children }: { onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="flex h-7 shrink-0 items-center gap-1.5 rounded-control bg-white/14 px-2 font-medium hover:bg-white/24"
    >
      {children}
    </button>
  );
}

function useName(): (participantId: string) => string {
  const t = useTranslations('layers');
  const people = useRoom((view) => view.head.people);
  return (participantId) => people[participantId]?.name ?? t('somebody');
}

/** For a student: that this is their own, who else sees it, and, later on, the way to put it aside. */
function OwnCopy({ copies }: { copies: Copies }) {
  const t = useTranslations('layers');
  const { hidden } = useCopiesView();
  if (copies === 'open') return <Chip>{t('own')}</Chip>;
  return (
    <Chip>
      {hidden ? t('keptHidden') : t('kept')}
      <ChipButton onPress={() => lookAt({ hidden: !hidden })}>{hidden ? t('look') : t('hide')}</ChipButton>
    </Chip>
  );
}

/** For a teacher: whose copy is open, showing it to everyone, and the way back. */
function OpenedCopy({
  boardId,
  participantId,
  revealed,
}: {
  boardId: string;
  participantId: string;
  revealed: string | null;
}) {
  const t = useTranslations('layers');
  const log = useRoomLog();
  const name = useName()(participantId);
  const reveal = () => void log.send({ type: 'layer.reveal', payload: { boardId, participantId } });
  return (
    <Chip>
      <span className="truncate max-sm:w-full">{t('copyOf', { name })}</span>
      {revealed === participantId ? (
        <HideCopy boardId={boardId} />
      ) : (
        <ChipButton onPress={reveal}>{t('reveal')}</ChipButton>
      )}
      <ChipButton onPress={() => lookAt({ opened: null, gridOpen: true })}>
        <LayoutGrid size={14} aria-hidden />
        <span className="max-sm:sr-only">{t('all')}</span>
      </ChipButton>
      <ChipButton onPress={() => lookAt({ opened: null })}>
        <Undo2 size={14} aria-hidden />
        <span className="max-sm:sr-only">{t('back')}</span>
      </ChipButton>
    </Chip>
  );
}

function HideCopy({ boardId }: { boardId: string }) {
  const t = useTranslations('layers');
  const log = useRoomLog();
  const hide = () => void log.send({ type: 'layer.reveal', payload: { boardId, participantId: null } });
  return <ChipButton onPress={hide}>{t('unreveal')}</ChipButton>;
}

function CopiesMenu({
  boardId,
  copies,
  manages,
}: {
  boardId: string;
  copies: Copies | null;
  manages: boolean;
}) {
  const t = useTranslations('layers');
  const log = useRoomLog();
  const open = copies === 'open';
  const set = () => {
    void log.send({ type: 'layers.set', payload: { tab: tabOfBoard(boardId), open: !open } });
    if (!open && manages) lookAt({ gridOpen: true });
  };
  return (
    <Popover
      label={t('menu')}
      icon={<Layers size={17} />}
      pressed={open}
      hanging
      look={DARK}
      className="pointer-events-auto"
    >
      <MenuItem
        title={open ? t('end') : t('start')}
        hint={open ? t('endHint') : t('startHint')}
        onPress={set}
      />
      {manages && copies && (
        <MenuItem
          title={t('lookAtAll')}
          hint={t('lookAtAllHint')}
          onPress={() => lookAt({ gridOpen: true, opened: null })}
        />
      )}
    </Popover>
  );
}
