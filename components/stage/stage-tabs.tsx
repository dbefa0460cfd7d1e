'use client';

import { Clapperboard, FileText, MonitorUp, Plus, Presentation, Users, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import type { RoomState, Stage } from '@/room/state';
import { StageButton } from './stage-button';
import type { StageView } from './use-stage-view';
import { useRoom, useRoomLog } from '@/components/room-log/use-room';
import { useCloseBoard } from './use-close-board';
import { useNewBoard } from './use-new-board';

type Tab = { key: string; title: string; icon: ReactNode; stage: Stage; close: (() => void) | null };

function isShown(stage: Stage, tab: Stage): boolean {
  switch (stage.kind) {
    case 'empty':
      return tab.kind === 'empty';
    case 'document':
      return tab.kind === 'document' && tab.documentId === stage.documentId;
    case 'board':
      return tab.kind === 'board' && tab.boardId === stage.boardId;
    case 'media':
      return tab.kind === 'media';
    case 'screen':
      return tab.kind === 'screen' && tab.participantId === stage.participantId;
  }
}

/** What is open in the room. Presenters choose what everyone sees; the others what they look at themselves, where they may. */
export function StageTabs({ view, onAdd }: { view: StageView; onAdd: () => void }) {
  const { presenting } = view;
  const t = useTranslations('stage');
  const head = useRoom((view) => view.head);
  const newBoard = useNewBoard();
  const tabs = useTabs(head, presenting);
  if (!presenting && tabs.length === 0) return null;

  return (
    <nav
      aria-label={t('tabs')}
      className="flex h-10 shrink-0 items-center gap-1 overflow-x-auto px-2 text-white/75 [scrollbar-width:none]"
    >
      <ul className="flex items-center gap-1">
        {tabs.map((tab) => (
          <TabItem key={tab.key} tab={tab} view={view} />
        ))}
      </ul>
      {presenting && (
        <>
          <StageButton
            className="w-auto grid-flow-col px-2"
            label={t('newBoard')}
            onPress={() => void newBoard()}
          >
            <Presentation size={16} />
            <Plus size={12} className="-ml-0.5" />
          </StageButton>
          <StageButton className="w-auto grid-flow-col px-2" label={t('addDocument')} onPress={onAdd}>
            <FileText size={16} />
            <Plus size={12} className="-ml-0.5" />
          </StageButton>
          {head.stage.kind !== 'empty' && head.lesson && (
            <span className="ml-auto hidden shrink-0 whitespace-nowrap pr-1 pl-3 text-white/70 text-xs md:inline">
              {t('everyoneSees')}
            </span>
          )}
        </>
      )}
    </nav>
  );
}

function useTabs(head: RoomState, presenting: boolean): Tab[] {
  const t = useTranslations('stage');
  const log = useRoomLog();
  const closeBoard = useCloseBoard();
  const tabs: Tab[] = [];
  const anything =
    head.documents.length + head.boards.length > 0 || head.stage.kind !== 'empty' || head.media?.playing;
  if (presenting && anything) {
    tabs.push({
      key: 'people',
      title: t('faces'),
      icon: <Users size={15} />,
      stage: { kind: 'empty' },
      close: null,
    });
  }
  for (const { id, title } of head.documents) {
    tabs.push({
      key: id,
      title,
      icon: <FileText size={15} />,
      stage: { kind: 'document', documentId: id },
      close: presenting ? () => void log.send({ type: 'document.close', payload: { documentId: id } }) : null,
    });
  }
  for (const { id, title } of head.boards) {
    tabs.push({
      key: id,
      title,
      icon: <Presentation size={15} />,
      stage: { kind: 'board', boardId: id },
      close: presenting ? () => void closeBoard(id, title) : null,
    });
  }
  const playing = head.media?.playing;
  if (playing) {
    tabs.push({
      key: 'media',
      title: playing.title,
      icon: <Clapperboard size={15} />,
      stage: { kind: 'media' },
      close: presenting
        ? () => void log.send({ type: 'media.stop', payload: { generation: playing.generation } })
        : null,
    });
  }
  if (head.stage.kind === 'screen') {
    const name = head.people[head.stage.participantId]?.name ?? '';
    tabs.push({
      key: 'screen',
      title: t('screenOf', { name }),
      icon: <MonitorUp size={15} />,
      stage: head.stage,
      close: null,
    });
  }
  return tabs;
}

function TabItem({ tab, view }: { tab: Tab; view: StageView }) {
  const t = useTranslations('stage');
  const shown = isShown(view.stage, tab.stage);
  const may = view.presenting || (view.mayMove && (shown || isOpenTab(tab.stage)));
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (shown) item.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [shown]);
  return (
    <li
      ref={item}
      className={`flex h-8 max-w-52 items-center rounded-control ${shown ? 'bg-white/14 text-white' : may ? 'hover:bg-white/8' : ''}`}
    >
      <button
        type="button"
        aria-current={shown ? 'true' : undefined}
        disabled={!may}
        onClick={() => view.show(tab.stage)}
        className={`flex h-full min-w-0 items-center gap-1.5 rounded-control pl-2.5 text-xs ${tab.close ? 'pr-1' : 'pr-2.5'} ${may ? '' : 'cursor-default'}`}
      >
        <span aria-hidden className="shrink-0">
          {tab.icon}
        </span>
        <span className="truncate">{tab.title}</span>
      </button>
      {tab.close && (
        <button
          type="button"
          aria-label={t('closeTab', { title: tab.title })}
          onClick={tab.close}
          className="mr-1 grid size-6 shrink-0 place-items-center rounded text-white/60 hover:bg-white/12 hover:text-white"
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </li>
  );
}

/** What one can look at without the presenter. */
function isOpenTab(stage: Stage): boolean {
  return stage.kind === 'document' || stage.kind === 'board';
}
