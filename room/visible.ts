import type { RoomEvent } from './events';
import { isStaff, type Role } from './roles';
import type { RoomState } from './state';

/** Who looks: what L6 and L7 need to know of a participant. */
export type RoomViewer = { id: string; role: Role };

/** Whether a viewer may see an event: by its audience, which was fixed when it was appended (L6). */
export function visibleEvent(event: Pick<RoomEvent, 'audience'>, viewer: RoomViewer): boolean {
  const { audience } = event;
  if (audience === 'everyone') return true;
  if (viewer.role === 'recorder') return false;
  return (audience.staff && isStaff(viewer.role)) || audience.participants.includes(viewer.id);
}

/**
 * The head as a viewer may see it (L7); it commutes with `apply`. Today the head holds only what everyone may see: what
 * is private lives in the chat and in board layers, which are read by audience and by layer. Every head passes here on
 * its way out, so that the first private thing in it has one place to be taken out.
 */
export function visible(state: RoomState, _viewer: RoomViewer): RoomState {
  return state;
}
