import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';

/**
 * How a web process ends. Next stops to listen the moment it is told to, and then waits for every open response: with a
 * stream open it would neither serve nor go. So its own handlers are put aside and called when the rooms have let go.
 */
const key = Symbol.for('lectern.shutdown');
const holder = globalThis as typeof globalThis & { [key]?: { ending: boolean } };
const state = (holder[key] ??= { ending: false });

/** What is under way may take so long in all; then the process is cut off. ms */
const LIMIT_MS = 9_000;

/** Whether this process has been told to end: it still answers, and no new traffic should come to it. */
export function isEnding(): boolean {
  return state.ending;
}

/** Makes this process one that is ending: whoever asks it something from now on makes a new connection the next time. */
function beginEnding(): void {
  state.ending = true;
  // A server that is closed goes on with the connections that are in use, for as long as a busy client keeps them so.
  subscribe('http.server.request.start', (message) => {
    (message as { response: ServerResponse }).response.setHeader('connection', 'close');
  });
}

type Ending = {
  /** Ends what this process holds; what goes on after it is the server's to wait for. */
  drain: () => Promise<void>;
  failed: (error: unknown) => void;
  late: () => void;
};

/**
 * From now on SIGTERM and SIGINT first drain and then reach whoever listened to them before. Whatever happens, the process
 * has ended after nine seconds.
 */
export function endGracefully({ drain, failed, late }: Ending): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const earlier = process.listeners(signal);
    process.removeAllListeners(signal);
    process.on(signal, () => {
      if (state.ending) return;
      beginEnding();
      setTimeout(() => {
        late();
        process.exit(1);
      }, LIMIT_MS).unref();
      drain()
        .catch(failed)
        .finally(() => {
          for (const listener of earlier) listener(signal);
          if (earlier.length === 0) process.exit(0);
        });
    });
  }
}
