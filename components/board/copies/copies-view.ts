import { useSyncExternalStore } from 'react';

/** What this tab looks at of people's copies; the others do not see it. */
export type CopiesView = {
  /** Whose copy a teacher has opened. */
  opened: string | null;
  /** Whether all copies are seen side by side. */
  gridOpen: boolean;
  /** Whether a student has put the own copy of an earlier exercise away. */
  hidden: boolean;
};

let view: CopiesView = { opened: null, gridOpen: false, hidden: false };
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function lookAt(change: Partial<CopiesView>): void {
  view = { ...view, ...change };
  for (const listener of listeners) listener();
}

export function useCopiesView(): CopiesView {
  const read = () => view;
  return useSyncExternalStore(subscribe, read, read);
}
