import type { App } from '../app';
import { metrics } from '../metrics';
import { runtimeOf } from './runtime';

/** Writes what this process holds of its rooms at this moment into its metrics. */
export function measureRooms(app: App): void {
  const runtime = runtimeOf(app);
  const cached = runtime.cached();
  const listeners = runtime.hub.listeners();
  const load = runtime.hub.load();
  metrics.rooms.set(load.rooms);
  metrics.streams.set(listeners.length);
  metrics.participants.set(new Set(listeners.map(({ viewer }) => viewer.id)).size);
  metrics.bufferBytes.set(load.waitingBytes);
  metrics.roomBufferBytes.set(load.mostInARoom);
  metrics.cachedRooms.set(cached.rooms);
  metrics.cacheBytes.set(cached.bytes + load.ringBytes);
}
