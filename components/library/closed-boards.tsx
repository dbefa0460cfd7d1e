'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useCopy } from '@/components/board/copies/use-copies';
import { MarksPicture } from '@/components/board/marks-picture';
import { useAsk } from '@/components/room-log/use-ask';
import { useRoom, useRoomLog } from '@/components/room-log/use-room';
import { PAPER } from '@/components/stage/paper';
import { Button } from '@/components/ui/button';
import { useWhen } from '@/components/ui/when';
import { type ClosedBoard, useClosedBoards } from './use-closed-boards';

/** Blank boards of the room whose tabs were closed, to be opened again; nothing where none ever was. */
export function ClosedBoards({ roomId }: { roomId: string }) {
  const t = useTranslations('documents.closedBoards');
  const some = useRoom((view) => view.head.closings !== undefined);
  const [open, setOpen] = useState(false);
  if (!some) return null;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)} className="group border-line border-b">
      <summary className="flex cursor-pointer list-none items-center gap-1.5 px-4 py-3 font-medium text-sm [&::-webkit-details-marker]:hidden">
        <ChevronRight size={16} aria-hidden className="text-ink-3 group-open:rotate-90" />
        {t('title')}
      </summary>
      {open && <BoardList roomId={roomId} />}
    </details>
  );
}

function BoardList({ roomId }: { roomId: string }) {
  const t = useTranslations('documents.closedBoards');
  const { boards, hasOlder, failed, showOlder, reload } = useClosedBoards(roomId);
  if (failed)
    return (
      <p role="alert" className="flex items-center gap-3 px-4 pb-3 text-ink-2 text-sm">
        {t('failed')}
        <Button size="small" onClick={reload}>
          {t('again')}
        </Button>
      </p>
    );
  if (boards?.length === 0) return <p className="px-4 pb-3 text-ink-2 text-sm">{t('none')}</p>;
  return (
    <div className="flex flex-col items-start gap-2 px-3 pb-3">
      <ul aria-label={t('title')} aria-busy={boards === null} className="flex w-full flex-col gap-1">
        {boards?.map((board) => (
          <Item key={board.id} board={board} />
        ))}
      </ul>
      {hasOlder && (
        <Button size="small" onClick={showOlder}>
          {t('older')}
        </Button>
      )}
    </div>
  );
}

function Item({ board: { id, title, closedAt } }: { board: ClosedBoard }) {
  const t = useTranslations('documents.closedBoards');
  const ask = useAsk();
  const log = useRoomLog();
  const records = useCopy(log, id, 'shared');
  const [now] = useState(Date.now);
  const when = useWhen(now);
  const [busy, setBusy] = useState(false);
  const ts = useTranslations('stage');
  async function open() {
    setBusy(true);
    await ask({ type: 'board.open', payload: { boardId: id, title } }, { TOO_LARGE: ts('boardsFull') });
    setBusy(false);
  }
  return (
    <li className="flex items-center gap-3 rounded-control p-1">
      <span
        className="relative w-16 shrink-0 overflow-hidden rounded-sm border border-line bg-white"
        style={{ aspectRatio: `${PAPER.width} / ${PAPER.height}` }}
      >
        <MarksPicture records={records} width={PAPER.width} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium text-sm">{title}</span>
        <span className="block truncate text-ink-3 text-xs tabular-nums">
          {t('at', { day: when.day(closedAt), time: when.time(closedAt) })}
        </span>
      </span>
      <Button size="small" busy={busy} aria-label={t('open', { title })} onClick={() => void open()}>
        {t('openShort')}
      </Button>
    </li>
  );
}
