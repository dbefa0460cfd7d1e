'use client';

import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import type { OpenDocument } from '@/room/state';
import {
  countAll,
  findWords,
  type Hit,
  hitFrom,
  type Marked,
  type PageHits,
  placeOf,
  stepHit,
} from './find-words';

/** What is still being typed is not looked for. */
const PAUSE_MS = 250;

type Props = {
  roomId: string;
  document: OpenDocument;
  onTurn: (page: number) => void;
  onMark: (marked: Marked | null) => void;
  onClose: () => void;
};

/** Looks for words in the document: how many there are, and from one to the next. */
export function FindBar({ roomId, document, onTurn, onMark, onClose }: Props) {
  const t = useTranslations('stage.find');
  const [words, setWords] = useState('');
  const { found, state } = useFound(roomId, document, words);
  const [chosen, setChosen] = useState<{ words: string; hit: Hit } | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);

  // Until one goes from hit to hit, the one to be looked at is the first on the shown page.
  const first = hitFrom(found, document.page);
  const hit = chosen?.words === words ? chosen.hit : first?.page === document.page ? first : null;
  const current = hit?.page === document.page ? hit.nth : null;
  const wanted = words.trim();
  useEffect(() => onMark(wanted ? { words: wanted, current } : null), [wanted, current, onMark]);

  function step(by: 1 | -1) {
    const next = hit ? stepHit(found, hit, by) : stepHit(found, { page: document.page, nth: 0 }, by);
    if (!next) return;
    setChosen({ words, hit: next });
    if (next.page !== document.page) onTurn(next.page);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  }

  const total = countAll(found);
  return (
    <search className="absolute top-2 right-2 z-20 flex max-w-[calc(100%-1rem)] items-center gap-0.5 rounded-panel border border-line bg-surface p-1 text-ink text-sm shadow-float">
      <input
        ref={field}
        type="search"
        aria-label={t('label')}
        placeholder={t('label')}
        value={words}
        maxLength={200}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-9 min-w-0 flex-1 rounded-control bg-transparent px-2.5 outline-accent sm:w-52 [&::-webkit-search-cancel-button]:hidden"
      />
      <output className="shrink-0 whitespace-nowrap px-1 text-ink-2 text-xs tabular-nums">
        {!wanted
          ? ''
          : state === 'failed'
            ? t('failed')
            : total > 0
              ? t('place', { place: hit ? placeOf(found, hit) : 0, total })
              : state === 'searching'
                ? t('searching')
                : t('none')}
      </output>
      <IconButton
        label={t('previous')}
        shortcut="Shift+Enter"
        disabled={total === 0}
        onClick={() => step(-1)}
      >
        <ChevronUp size={18} />
      </IconButton>
      <IconButton label={t('next')} shortcut="Enter" disabled={total === 0} onClick={() => step(1)}>
        <ChevronDown size={18} />
      </IconButton>
      <IconButton label={t('close')} shortcut="Escape" onClick={onClose}>
        <X size={18} />
      </IconButton>
    </search>
  );
}

type Found = { words: string; found: readonly PageHits[]; state: 'searching' | 'done' | 'failed' };

function useFound(roomId: string, { id: documentId, pageCount }: OpenDocument, words: string): Found {
  const [result, setResult] = useState<Found>({ words: '', found: [], state: 'done' });
  useEffect(() => {
    const stopping = new AbortController();
    const timer = setTimeout(() => {
      findWords({ roomId, documentId, pageCount }, words, stopping.signal, (found, done) =>
        setResult({ words, found, state: done ? 'done' : 'searching' }),
      ).catch((error: unknown) => {
        if (stopping.signal.aborted) return;
        console.warn('The words were not looked for', error);
        setResult({ words, found: [], state: 'failed' });
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stopping.abort();
    };
  }, [roomId, documentId, pageCount, words]);
  return result.words === words ? result : { words, found: [], state: 'searching' };
}
