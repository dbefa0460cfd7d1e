import { type ComponentType, lazy } from 'react';

const FIRST_MS = 500;
const LONGEST_MS = 8000;

/**
 * A part of the page whose code comes when it is needed. React's own `lazy` gives up at the first try, and the whole page with it:
 * a room would be gone because the network was, for a moment. This one waits, with what its Suspense shows, and asks again.
 */
export function lazyPart<P>(load: () => Promise<{ default: ComponentType<P> }>) {
  return lazy(() => askUntilThere(load));
}

/** Asks again, with growing pauses and when the network is back, until the code is there. What is wrong with it itself is thrown. */
export async function askUntilThere<T>(load: () => Promise<T>): Promise<T> {
  for (let ms = FIRST_MS; ; ms = Math.min(LONGEST_MS, ms * 2)) {
    try {
      return await load();
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ChunkLoadError')) throw error;
      await pause(ms);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    globalThis.addEventListener?.('online', over);
  });
}
