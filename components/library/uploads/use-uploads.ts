import { useSyncExternalStore } from 'react';
import type { Upload } from './upload';
import { uploads } from './uploads';

/** The uploads of this tab, oldest first. */
export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(uploads.subscribe, uploads.get, uploads.get);
}
