'use client';

import { useEffect, useRef } from 'react';
import { isTyping } from '@/components/ui/is-typing';

export type PageKeys = {
  /** Null: there are no other pages. */
  turn: { step: (pages: number) => void; toEnd: (end: 'first' | 'last') => void } | null;
  zoom: (direction: 1 | -1 | 0) => void;
  /** Null: there are no words here. */
  find: (() => void) | null;
  fullScreen: () => void;
};

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
const ZOOMS: Readonly<Record<string, 1 | -1 | 0>> = { '+': 1, '=': 1, '-': -1, '0': 0 };

/** The keys of what lies on the stage, except where they have another meaning: while somebody types, and in a dialog. */
export function usePageKeys(keys: PageKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || hasItsOwnKeys(event.target)) return;
      if (act(latest.current, event)) event.preventDefault();
    };
    window.addEventListener('keydown', down);
    return () => window.removeEventListener('keydown', down);
  }, []);
}

/** Does what a key is for; false where it is for nothing here. */
function act(keys: PageKeys, event: KeyboardEvent): boolean {
  const { key } = event;
  if (event.ctrlKey || event.metaKey) {
    if (key.toLowerCase() !== 'f' || event.shiftKey || !keys.find) return false;
    keys.find();
    return true;
  }
  const step = STEPS[key];
  const zoom = ZOOMS[key];
  if (keys.turn && step && !event.shiftKey) keys.turn.step(step);
  else if (zoom !== undefined) keys.zoom(zoom);
  else if (keys.turn && (key === 'Home' || key === 'End')) keys.turn.toEnd(key === 'Home' ? 'first' : 'last');
  else if (key.toLowerCase() === 'f' && !event.repeat && !event.shiftKey) keys.fullScreen();
  else return false;
  return true;
}

/** A box that was just ticked does not keep the page from being turned. */
function hasItsOwnKeys(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (isTyping(target) && !target.matches('input[type=checkbox]')) || target.matches('[role="dialog"] *');
}
