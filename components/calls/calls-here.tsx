'use client';

import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import { callStore, openCalls } from './call-store';

const CallLayer = lazy(() => import('./call-layer'));

/** Lets somebody be called on this page. Nothing is seen of it, and little is loaded, until somebody calls. */
export function CallsHere({ userId }: { userId: string }) {
  const shown = useSyncExternalStore(callStore.subscribe, callStore.get, callStore.atServer);
  useEffect(() => openCalls(userId), [userId]);
  if (shown.kind === 'nothing') return null;
  return (
    <Suspense fallback={null}>
      <CallLayer shown={shown} />
    </Suspense>
  );
}
