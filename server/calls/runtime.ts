import type { App } from '../app';
import { CallHub } from './hub';

const key = Symbol.for('lectern.calls.hubs');
const holder = globalThis as typeof globalThis & { [key]?: WeakMap<App, CallHub> };
const hubs = (holder[key] ??= new WeakMap());

/** The streams of an App. Global because Next loads modules several times in one process. */
export function hubOf(app: App): CallHub {
  let hub = hubs.get(app);
  if (!hub) {
    hub = new CallHub(app);
    hubs.set(app, hub);
  }
  return hub;
}

/** Tells the tabs of these people how their calls stand, wherever they are connected. */
export function tellOf(app: App, userIds: readonly string[]): Promise<void> {
  return hubOf(app).tell(userIds);
}
