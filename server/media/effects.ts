import type { RoomEvent } from '@/room/events';
import type { App } from '../app';
import { onCommitted } from '../rooms/service';
import * as service from './service';

/** What the media server must do after an event; null: nothing. */
export function mediaEffectOf(event: RoomEvent): ((app: App, roomId: string) => Promise<void>) | null {
  switch (event.type) {
    case 'lesson.started':
      return service.openMediaRoom;
    case 'lesson.ended':
      return service.closeMediaRoom;
    case 'person.removed':
    case 'rights.changed':
      return (app, roomId) => service.checkPerson(app, roomId, event.payload.participantId);
    case 'person.muted':
      return (app, roomId) =>
        service.mutePerson(app, roomId, event.payload.participantId, event.payload.source);
    case 'defaults.changed':
      return service.reconcile;
    default:
      return null;
  }
}

/** One room's effects run one after the other, so that an older permission never overtakes a newer one. */
const chains = new Map<string, Promise<void>>();

function enqueue(
  app: App,
  roomId: string,
  type: string,
  effect: (app: App, roomId: string) => Promise<void>,
): void {
  const before = chains.get(roomId) ?? Promise.resolve();
  const run = before.then(async () => {
    try {
      await effect(app, roomId);
    } catch (error) {
      // The media server is away: nobody is connected then, and the watch compares everything once it is back.
      app.log.warn({ err: error, roomId, event: type }, 'media could not follow an event');
    }
  });
  chains.set(roomId, run);
  void run.finally(() => {
    if (chains.get(roomId) === run) chains.delete(roomId);
  });
}

/** Makes the media server follow the log. A command never waits for it and never fails because of it. */
export function followRoomEvents(): void {
  onCommitted('media', (app, roomId, events) => {
    for (const event of events) {
      const effect = mediaEffectOf(event);
      if (effect) enqueue(app, roomId, event.type, effect);
    }
  });
}
