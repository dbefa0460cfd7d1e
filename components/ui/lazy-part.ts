import { type ComponentType, lazy } from 'react';
import { backoffMs, Pause } from '@/components/backoff';

/**
 * A part of the page whose code comes when it is needed. React's own `lazy` gives up at the first try, and the whole page with it:
 * a room would be gone because the network was, for a moment. This one waits, with what its Suspense shows, and asks again.
 */
export function lazyPart<P>(load: () => Promise<{ default: ComponentType<P> }>) {
  return lazy(() => askUntilThere(load));
}

/** Asks again, with growing pauses and when the network is back, until the code is there. What is wrong with it itself is thrown. */
export async function askUntilThere<T>(load: () => Promise<T>): Promise<T> {
  const pause = new Pause();
  const wake = () => pause.wake();
  globalThis.addEventListener?.('online', wake);
  try {
    for (let tries = 0; ; tries += 1) {
      try {
        return await load();
      } catch (error) {
        if (!(error instanceof Error && error.name === 'ChunkLoadError')) throw error;
        await pause.wait(backoffMs(tries, Math.random()));
      }
    }
  } finally {
    globalThis.removeEventListener?.('online', wake);
  }
}
