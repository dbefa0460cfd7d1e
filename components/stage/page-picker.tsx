'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { OpenDocument } from '@/room/state';
import { useSize } from '../classroom/use-size';
import type { DocumentPages } from './document-pages';
import { StageButton } from './stage-button';

/** The least width of a page in the picker and the height of its row, CSS pixels. */
const CELL_WIDTH = 148;
const ROW_HEIGHT = 176;
const PADDING = 12;

type Props = {
  document: OpenDocument;
  pages: DocumentPages;
  onLook: (range: readonly [from: number, to: number] | null) => void;
  onPick: (page: number) => void;
  onClose: () => void;
};

/** All pages at a glance, over the stage. Only what can be seen of them is there: a document may have 10,000. */
export function PagePicker({ document, pages, onLook, onPick, onClose }: Props) {
  const t = useTranslations('stage.page');
  const list = useRef<HTMLDivElement>(null);
  const { page, pageCount } = document;
  const { columns, from, to, top } = useWindow(list, page, pageCount);
  useEffect(() => {
    onLook([from, to]);
    return () => onLook(null);
  }, [from, to, onLook]);
  const focused = useFocus(list, page);

  function onKeyDown(event: KeyboardEvent) {
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
    };
    const step = steps[event.key];
    if (event.key === 'Escape') onClose();
    else if (step) focused.move(step, pageCount, columns);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <section
      aria-label={t('picker')}
      onKeyDown={onKeyDown}
      className="absolute inset-0 z-20 flex flex-col bg-stage text-white/75 text-xs"
    >
      <header className="flex h-10 shrink-0 items-center justify-between pr-2 pl-4">
        <h2 className="font-medium text-sm text-white">{t('count', { pages: pageCount })}</h2>
        <StageButton label={t('closePicker')} onPress={onClose}>
          <X size={17} />
        </StageButton>
      </header>
      <div ref={list} className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div style={{ height: Math.ceil(pageCount / columns) * ROW_HEIGHT + PADDING }}>
          <ol
            className="absolute inset-x-0 grid px-3 tabular-nums"
            style={{
              top,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
              gridAutoRows: ROW_HEIGHT,
            }}
          >
            {Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index).map((number) => (
              <Cell
                key={number}
                page={number}
                facts={pages.pageAt(number)}
                shown={number === page}
                onPick={() => {
                  onPick(number);
                  onClose();
                }}
              />
            ))}
          </ol>
        </div>
      </div>
    </section>
  );
}

type CellProps = {
  page: number;
  facts: ReturnType<DocumentPages['pageAt']>;
  shown: boolean;
  onPick: () => void;
};

function Cell({ page, facts, shown, onPick }: CellProps) {
  const t = useTranslations('stage.page');
  const picture = facts && (facts.thumbnail ?? facts.picture);
  return (
    <li className="min-h-0 min-w-0 p-1.5">
      <button
        type="button"
        data-pick={page}
        aria-current={shown ? 'page' : undefined}
        aria-label={t('go', { page })}
        onClick={onPick}
        className={`flex size-full min-w-0 flex-col items-center justify-end gap-1.5 rounded-control p-1.5 outline-accent hover:bg-white/8 ${shown ? 'bg-white/12 text-white ring-2 ring-accent' : ''}`}
      >
        <span className="relative min-h-0 w-full flex-1">
          {picture ? (
            // oxlint-disable-next-line nextjs/no-img-element
            <img
              src={picture}
              alt=""
              decoding="async"
              draggable={false}
              className="absolute inset-0 m-auto max-h-full max-w-full rounded-sm bg-white"
            />
          ) : (
            <span
              className="absolute inset-0 m-auto max-h-full max-w-full rounded-sm bg-white/90"
              style={{ aspectRatio: facts ? `${facts.width} / ${facts.height}` : '3 / 4' }}
            />
          )}
        </span>
        <span>{page}</span>
      </button>
    </li>
  );
}

/** Which pages are in sight, and a row more on both sides. Begins at the shown page. */
function useWindow(list: React.RefObject<HTMLDivElement | null>, page: number, pageCount: number) {
  const size = useSize(list);
  const [scrolled, setScrolled] = useState(0);
  const columns = Math.max(2, Math.floor(((size?.width ?? 0) - 2 * PADDING) / CELL_WIDTH));
  const known = size !== null;
  const begin = useRef(page);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element || !known) return undefined;
    const row = Math.floor((begin.current - 1) / columns);
    element.scrollTop = row * ROW_HEIGHT - (element.clientHeight - ROW_HEIGHT) / 2;
    const read = () => setScrolled(element.scrollTop);
    read();
    element.addEventListener('scroll', read, { passive: true });
    return () => element.removeEventListener('scroll', read);
  }, [list, known, columns]);
  const first = Math.max(0, Math.floor(scrolled / ROW_HEIGHT) - 1);
  const last = Math.ceil((scrolled + (size?.height ?? 0)) / ROW_HEIGHT) + 1;
  return {
    columns,
    from: Math.min(pageCount, first * columns + 1),
    to: Math.min(pageCount, last * columns),
    top: first * ROW_HEIGHT,
  };
}

/** The keys move from page to page, also to one that is not in sight yet. */
function useFocus(list: React.RefObject<HTMLDivElement | null>, page: number) {
  const wanted = useRef<number | null>(page);
  useEffect(() => {
    if (wanted.current === null) return;
    const button = list.current?.querySelector<HTMLElement>(`[data-pick="${wanted.current}"]`);
    if (!button) return;
    button.focus({ preventScroll: true });
    wanted.current = null;
  });
  return {
    move(step: number, pageCount: number, columns: number) {
      const from = Number((document.activeElement as HTMLElement | null)?.dataset.pick ?? page);
      const next = Math.min(pageCount, Math.max(1, from + step));
      const element = list.current;
      if (!element) return;
      wanted.current = next;
      const top = Math.floor((next - 1) / columns) * ROW_HEIGHT;
      const bottom = top + ROW_HEIGHT + PADDING - element.clientHeight;
      element.scrollTop = Math.min(top, Math.max(bottom, element.scrollTop));
      element.querySelector<HTMLElement>(`[data-pick="${next}"]`)?.focus({ preventScroll: true });
    },
  };
}
