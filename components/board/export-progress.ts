import { useSyncExternalStore } from 'react';

/** A file with marks that is being made for this tab: how far it is; null while there is none. `total` is 0 before that is known. */
export type ExportProgress = { done: number; total: number } | null;

let progress: ExportProgress = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function noteProgress(next: ExportProgress): void {
  progress = next;
  for (const listener of listeners) listener();
}

export function useExportProgress(): ExportProgress {
  const read = () => progress;
  return useSyncExternalStore(subscribe, read, read);
}
