'use client';

import { ChevronLeft, ChevronRight, Maximize, Minus, Plus } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { BoardToolsSlot } from '@/components/board/tools-slot';
import type { OpenDocument, Viewport } from '@/room/state';
import { useClassroom } from '../classroom/classroom-context';
import { useRoomLog } from '@/components/room-log/use-room';
import { zoomOf, zoomViewport } from './page-geometry';

const ZOOM_STEP = 1.25;
const NOTE_MS = 2000;

type Props = {
  document: OpenDocument;
  presenting: boolean;
  canDraw: boolean;
  viewport: Viewport | null;
  onMove: (viewport: Viewport | null) => void;
  onTurn: (page: number) => void;
};

/** Which page of how many, and how near. Who turned it stands here for two seconds. */
export function PageBar({ document, presenting, canDraw, viewport, onMove, onTurn }: Props) {
  const t = useTranslations('stage.page');
  const format = useFormatter();
  const note = useTurnNote(document.id);
  const { page, pageCount } = document;
  return (
    <div className="@container/bar flex shrink-0 flex-wrap items-center gap-x-1 px-2 text-white/75 text-xs tabular-nums">
      <div className="order-2 flex h-10 min-w-0 flex-1 items-center gap-1">
        {presenting ? (
          <>
            <StageButton
              label={t('previous')}
              keys="ArrowLeft"
              disabled={page <= 1}
              onPress={() => onTurn(page - 1)}
            >
              <ChevronLeft size={18} />
            </StageButton>
            <PageField page={page} pageCount={pageCount} onTurn={onTurn} />
            <StageButton
              label={t('next')}
              keys="ArrowRight"
              disabled={page >= pageCount}
              onPress={() => onTurn(page + 1)}
            >
              <ChevronRight size={18} />
            </StageButton>
          </>
        ) : (
          <span className="shrink-0 whitespace-nowrap px-1.5">{t('of', { page, pages: pageCount })}</span>
        )}
        <span role="status" className="min-w-0 truncate pl-2 text-white/70">
          {note}
        </span>
      </div>
      <div className="order-1 w-full lg:order-3 lg:w-auto">
        <BoardToolsSlot reserved={canDraw} />
      </div>
      <div className="order-4 flex h-10 shrink-0 items-center justify-end gap-1 lg:flex-1">
        <StageButton label={t('fit')} disabled={!viewport} onPress={() => onMove(null)}>
          <Maximize size={16} />
        </StageButton>
        <StageButton
          label={t('out')}
          disabled={!viewport}
          onPress={() => onMove(zoomViewport(viewport, 1 / ZOOM_STEP))}
        >
          <Minus size={16} />
        </StageButton>
        <span className="min-w-[4.5ch] text-center max-sm:hidden">
          {format.number(zoomOf(viewport), { style: 'percent' })}
        </span>
        <StageButton label={t('in')} onPress={() => onMove(zoomViewport(viewport, ZOOM_STEP))}>
          <Plus size={16} />
        </StageButton>
      </div>
    </div>
  );
}

/** The page's number, to be read and to be typed. */
function PageField({
  page,
  pageCount,
  onTurn,
}: {
  page: number;
  pageCount: number;
  onTurn: (page: number) => void;
}) {
  const t = useTranslations('stage.page');
  const [draft, setDraft] = useState<string | null>(null);
  function commit() {
    const wanted = Number(draft);
    setDraft(null);
    if (draft && Number.isInteger(wanted) && wanted >= 1 && wanted <= pageCount && wanted !== page)
      onTurn(wanted);
  }
  return (
    <form
      className="flex items-center gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        commit();
      }}
    >
      <input
        aria-label={t('number')}
        inputMode="numeric"
        value={draft ?? String(page)}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        style={{ width: `${Math.max(2, String(pageCount).length) + 1.5}ch` }}
        className="h-7 rounded-control bg-white/8 text-center text-white outline-accent"
      />
      <span className="whitespace-nowrap">{t('pages', { pages: pageCount })}</span>
    </form>
  );
}

/** "Mara turned to page 3", for two seconds, when somebody else did. */
function useTurnNote(documentId: string): string {
  const t = useTranslations('stage.page');
  const log = useRoomLog();
  const { me } = useClassroom();
  const [note, setNote] = useState<{ name: string; page: number } | null>(null);
  useEffect(
    () =>
      log.onEvent((event) => {
        if (event.type !== 'page.turned' || event.payload.documentId !== documentId) return;
        const name = event.actor && event.actor !== me ? log.getView().head.people[event.actor]?.name : null;
        setNote(name ? { name, page: event.payload.page } : null);
      }),
    [log, documentId, me],
  );
  useEffect(() => {
    if (!note) return;
    const timer = setTimeout(() => setNote(null), NOTE_MS);
    return () => clearTimeout(timer);
  }, [note]);
  return note ? t('turned', note) : '';
}

type StageButtonProps = {
  label: string;
  keys?: string;
  disabled?: boolean;
  onPress: () => void;
  children: ReactNode;
};

function StageButton({ label, keys, disabled = false, onPress, children }: StageButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-keyshortcuts={keys}
      title={label}
      disabled={disabled}
      onClick={onPress}
      className="grid size-8 shrink-0 place-items-center rounded-control transition-colors hover:bg-white/10 hover:text-white disabled:opacity-35 disabled:hover:bg-transparent"
    >
      {children}
    </button>
  );
}
