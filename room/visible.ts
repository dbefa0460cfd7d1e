import { withoutKnocks } from './apply-door';
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
 * The head as a viewer may see it (L7); it commutes with `apply`. Who asks to come in is the staff's to know. What else is
 * private lives in the chat and in board layers, which are read by audience and by layer.
 */
export function visible(state: RoomState, viewer: RoomViewer): RoomState {
  return isStaff(viewer.role) ? state : withoutKnocks(state);
}
