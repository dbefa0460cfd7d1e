import type { CallNews, CallView } from '@/server/router';
import { NEWS_EVENT } from '@/components/bell/news-event';
import { type CallAction, NOTHING, show, type Shown } from './call-state';

/** Between two pages nobody is away. ms */
const GRACE_MS = 5000;

/** What this tab shows of its person's calls, outside of React: it outlives the pages that it is shown on. */
let shown: Shown = NOTHING;
/** Postgres' clock minus this tab's, ms. */
let ahead = 0;
let channel: { userId: string; close: () => void } | null = null;
let pages = 0;
let leaving = 0;
const listeners = new Set<() => void>();

export const callStore = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  get: () => shown,
  atServer: () => NOTHING,
};

export function tellCalls(action: CallAction): void {
  const next = show(shown, action);
  if (next === shown) return;
  shown = next;
  for (const listener of listeners) listener();
}

/** How long a call rings from now on, in ms. */
export function ringsFor({ ringsUntil }: CallView): number {
  return ringsUntil - (Date.now() + ahead);
}

/** A page of somebody is shown: from now on they are online. Gives the function that says that it is gone. */
export function openCalls(userId: string): () => void {
  pages += 1;
  clearTimeout(leaving);
  if (channel?.userId !== userId) void connect(userId);
  return () => {
    pages -= 1;
    if (pages > 0) return;
    leaving = window.setTimeout(disconnect, GRACE_MS);
  };
}

async function connect(userId: string): Promise<void> {
  disconnect();
  const { openChannel } = await import('./channel');
  // Another page of the same person may have been quicker; all of them may be gone.
  if (channel || pages === 0) return;
  channel = { userId, close: openChannel(userId, hear) };
  // A page that is put aside by the browser holds nothing open; one that comes back from there opens it again.
  window.addEventListener('pagehide', disconnect, { once: true });
  window.addEventListener('pageshow', (event) => event.persisted && void connect(userId), { once: true });
}

function disconnect(): void {
  channel?.close();
  channel = null;
}

function hear({ now, call }: CallNews): void {
  ahead = now - Date.now();
  tellCalls({ type: 'news', call });
  const missed = call?.role === 'callee' && (call.state === 'missed' || call.state === 'cancelled');
  if (missed) window.dispatchEvent(new Event(NEWS_EVENT));
}
