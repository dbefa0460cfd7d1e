'use client';

import { Suspense, useEffect, useSyncExternalStore } from 'react';
import { lazyPart } from '@/components/ui/lazy-part';
import { callStore, openCalls } from './call-store';

const CallLayer = lazyPart(() => import('./call-layer'));

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
