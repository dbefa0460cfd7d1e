import type { RoomEvent } from '@/room/events';
import type { App } from '../app';

/** Hears what this process has committed, after the commit and in order. Must not throw and must not make anybody wait. */
export type CommittedListener = (app: App, roomId: string, events: readonly RoomEvent[]) => void;

const key = Symbol.for('lectern.rooms.committed');
const holder = globalThis as typeof globalThis & { [key]?: Map<string, CommittedListener> };
const listeners = (holder[key] ??= new Map());

/** Registers what else must follow the log, such as the media server. The same name again replaces the listener. */
export function onCommitted(name: string, listener: CommittedListener): void {
  listeners.set(name, listener);
}

/** Called by the append, after its commit. A listener that fails is logged: it never undoes or delays a command. */
export function announceCommitted(app: App, roomId: string, events: readonly RoomEvent[]): void {
  for (const [name, listener] of listeners) {
    try {
      listener(app, roomId, events);
    } catch (error) {
      app.log.error({ err: error, roomId, listener: name }, 'effect of a room event failed');
    }
  }
}
