'use client';

import { useEffect, useRef } from 'react';
import { isTyping } from '@/components/ui/is-typing';
import type { Place } from './calendar-context';
import { step, type View, VIEWS } from './span';

type Options = {
  view: View;
  date: string;
  go: (to: Place) => void;
  onNew: (() => void) | null;
  /** Something else has the keys. */
  busy: boolean;
};

/** T: today, arrows: before and after, M, W, A: how it is shown, N: a new lesson. */
export function useViewKeys(options: Options): void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { view, date, go, onNew, busy } = latest.current;
      if (busy || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector('dialog[open], :popover-open')) return;
      const key = event.key.toLowerCase();
      const other = VIEWS.find((one) => one.startsWith(key));
      if (event.key === 'ArrowLeft') go({ view, date: step(view, date, -1) });
      else if (event.key === 'ArrowRight') go({ view, date: step(view, date, 1) });
      else if (key === 't') go({ view, date: null });
      else if (key === 'n' && onNew) onNew();
      else if (key.length === 1 && other) go({ view: other, date });
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
