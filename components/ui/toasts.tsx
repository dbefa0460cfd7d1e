'use client';

import { Suspense, useSyncExternalStore } from 'react';
import { lazyPart } from './lazy-part';
import { toasterState } from './toast';

const Toaster = lazyPart(() => import('./toaster'));

/** Where toasts appear: once, in the root layout. */
export function Toasts() {
  const wanted = useSyncExternalStore(toasterState.subscribe, toasterState.get, () => false);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <Toaster />
    </Suspense>
  );
}
