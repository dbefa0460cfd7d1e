'use client';

import { ChevronLeft, ChevronRight, LayoutGrid } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { BoardToolsSlot } from '@/components/board/tools-slot';
import { useRoomLog } from '@/components/room-log/use-room';
import type { OpenDocument } from '@/room/state';
import { useClassroom } from '../classroom/classroom-context';
import { type PageBarProps, useActions } from './page-actions';
import { PageTools } from './page-tools';
import { StageButton } from './stage-button';
import type { StageView } from './use-stage-view';

const NOTE_MS = 2000;

/** Which page of how many, what one can do with it, and the pen's tools. Who turned it stands here for two seconds. */
export function PageBar(props: PageBarProps) {
  const { document, view, opened, onOpen, reserved, compact } = props;
  const t = useTranslations('stage.page');
  const note = useTurnNote(document.id);
  const actions = useActions(props);
  return (
    <div className="@container/bar flex shrink-0 flex-wrap items-center gap-x-1 px-2 text-white/75 text-xs tabular-nums">
      <div className="order-2 flex h-10 min-w-0 flex-1 items-center gap-1">
        <PageTurner document={document} view={view} />
        {view.mayMove && !compact && document.pageCount > 1 && (
          <StageButton label={t('picker')} expanded={opened === 'picker'} onPress={() => onOpen('picker')}>
            <LayoutGrid size={16} />
          </StageButton>
        )}
        <span role="status" className="min-w-0 truncate pl-2 text-white/70">
          {note}
        </span>
      </div>
      <div className="order-1 w-full lg:order-3 lg:w-auto">
        <BoardToolsSlot reserved={reserved} />
      </div>
      {!compact && (
        <div className="order-4 flex h-10 shrink-0 items-center justify-end gap-1 lg:flex-1">
          <PageTools view={view} actions={actions} />
        </div>
      )}
    </div>
  );
}

function PageTurner({ document, view }: { document: OpenDocument; view: StageView }) {
  const t = useTranslations('stage.page');
  const { page, pageCount } = document;
  if (!view.mayMove)
    return <span className="shrink-0 whitespace-nowrap px-1.5">{t('of', { page, pages: pageCount })}</span>;
  return (
    <>
      <StageButton
        label={t('previous')}
        keys="ArrowLeft"
        disabled={page <= 1}
        onPress={() => view.turn(page - 1)}
      >
        <ChevronLeft size={18} />
      </StageButton>
      <PageField page={page} pageCount={pageCount} onTurn={view.turn} />
      <StageButton
        label={t('next')}
        keys="ArrowRight"
        disabled={page >= pageCount}
        onPress={() => view.turn(page + 1)}
      >
        <ChevronRight size={18} />
      </StageButton>
    </>
  );
}

type FieldProps = { page: number; pageCount: number; onTurn: (page: number) => void };

/** The page's number, to be read and to be typed. */
function PageField({ page, pageCount, onTurn }: FieldProps) {
  const t = useTranslations('stage.page');
  const [draft, setDraft] = useState<string | null>(null);
  function commit() {
    const wanted = Number(draft);
    setDraft(null);
    if (draft && Number.isInteger(wanted)) onTurn(wanted);
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
