'use client';

import { useEffect } from 'react';
import { ring } from './ring';

/** Rings, for as long as it is so. */
export function useRinging(rings: boolean): void {
  useEffect(() => {
    if (!rings) return undefined;
    const over = new AbortController();
    ring(over.signal);
    return () => over.abort();
  }, [rings]);
}

/** Shows in the name of the tab that somebody calls, for as long as there is something to say. */
export function useTabTitle(title: string | null): void {
  useEffect(() => {
    if (title === null) return undefined;
    const before = document.title;
    document.title = title;
    return () => {
      // A page that has come meanwhile has a name of its own.
      if (document.title === title) document.title = before;
    };
  }, [title]);
}
