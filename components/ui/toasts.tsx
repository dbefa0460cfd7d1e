'use client';

import { lazy, Suspense, useSyncExternalStore } from 'react';
import { toasterState } from './toast';

const Toaster = lazy(() => import('./toaster'));

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
