'use client';

import { Suspense, useEffect, useSyncExternalStore } from 'react';
import { lazyPart } from '@/components/ui/lazy-part';
import { uploadsWanted } from './uploads-wanted';

const UploadTray = lazyPart(() => import('./upload-tray'));

/** Once in the root layout: fetches the uploads' program where there are any, here or from before a reload. */
export function UploadLauncher() {
  const wanted = useSyncExternalStore(uploadsWanted.subscribe, uploadsWanted.get, () => false);
  useEffect(() => {
    uploadsWanted.wantRemembered();
  }, []);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <UploadTray />
    </Suspense>
  );
}
