import type { RoomEvent } from './events';
import { changeAt, NO_MEDIA, type RoomMedia } from './media';
import { MEDIA_LEAD_MS } from './limits';
import type { RoomState } from './state';

export type MediaEvent = Extract<RoomEvent, { type: `media.${string}` }>;

/** The room's media after an event. What stops leaves the stage too. */
export function applyMedia(state: RoomState, event: MediaEvent): RoomState {
  const media = state.media ?? NO_MEDIA;
  const changed = mediaAfter(media, event);
  if (changed === media) return state;
  const left = event.type === 'media.stopped' && state.stage.kind === 'media';
  return { ...state, media: changed, ...(left && { stage: { kind: 'empty' as const }, viewport: null }) };
}

function mediaAfter(media: RoomMedia, event: MediaEvent): RoomMedia {
  const { playing, queue } = media;
  switch (event.type) {
    case 'media.loaded': {
      const { item, generation, positionMs, paused } = event.payload;
      const anchorMs = paused ? event.at : event.at + MEDIA_LEAD_MS;
      const standing = { generation, positionMs, paused, anchorMs, rate: 1, durationMs: null };
      return { ...media, generation, playing: { ...item, ...standing } };
    }
    case 'media.queued': {
      const { item } = event.payload;
      return queue.some(({ id }) => id === item.id) ? media : { ...media, queue: [...queue, item] };
    }
    case 'media.unqueued': {
      const { itemId } = event.payload;
      return { ...media, queue: queue.filter(({ id }) => id !== itemId) };
    }
    case 'media.changed':
      if (playing?.generation !== event.payload.generation) return media;
      return { ...media, playing: changeAt(playing, event.at, event.payload) };
    case 'media.measured':
      if (playing?.generation !== event.payload.generation) return media;
      return { ...media, playing: { ...playing, durationMs: event.payload.durationMs } };
    case 'media.stopped':
      return playing?.generation === event.payload.generation ? { ...media, playing: null } : media;
    default:
      return event satisfies never;
  }
}
