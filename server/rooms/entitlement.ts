import type { App } from '../app';
import { endedSessions } from '../identity/service';
import { selectShutOut } from './queries/people';
import { runtimeOf } from './runtime';

/**
 * Ends this process' streams of those who may not listen any more: removed, no longer enrolled, or signed out. Requests
 * are checked one by one; a stream outlives its request, so it is checked again and again.
 */
export async function closeShutOut(app: App): Promise<void> {
  const listeners = runtimeOf(app).hub.listeners();
  if (listeners.length === 0) return;
  const [shutOut, ended] = await Promise.all([
    selectShutOut(app.db, [...new Set(listeners.map((listener) => listener.viewer.id))]),
    endedSessions(app, [...new Set(listeners.flatMap((listener) => listener.sessionId ?? []))]),
  ]);
  const reasons = new Map(shutOut.map(({ id, removed }) => [id, removed ? 'removed' : 'not-found'] as const));
  for (const listener of listeners) {
    const reason = reasons.get(listener.viewer.id);
    if (reason) listener.close(reason);
    else if (listener.sessionId && ended.has(listener.sessionId)) listener.close('signed-out');
  }
}
