import { useCallback, useSyncExternalStore } from 'react';
import type { Layout } from './library-item';

const KEY = 'lectern.library.layout';
const listeners = new Set<() => void>();

/** How somebody likes to see their library; this browser remembers it. */
export function useLayout(compact: boolean): [Layout, (layout: Layout) => void] {
  const subscribe = useCallback((listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  const kept = useSyncExternalStore<Layout>(
    subscribe,
    () => (localStorage.getItem(KEY) === 'grid' ? 'grid' : 'list'),
    () => 'list',
  );
  const change = useCallback((layout: Layout) => {
    localStorage.setItem(KEY, layout);
    for (const listener of listeners) listener();
  }, []);
  return [compact ? 'compact' : kept, change];
}
