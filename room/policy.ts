import { isStaff } from './roles';
import type { Person, Rights, RoomState } from './state';

const ALL: Rights = { draw: true, microphone: true, camera: true };
const NONE: Rights = { draw: false, microphone: false, camera: false };

/** What a person may do now: staff and presenters everything, others what was set for them, else the room's defaults. */
export function rightsOf(state: Pick<RoomState, 'defaults'>, person: Person): Rights {
  if (person.removed || person.role === 'recorder') return NONE;
  if (isStaff(person.role) || person.role === 'presenter') return ALL;
  return person.rights ?? state.defaults;
}

/** Presenters and staff choose what is on the stage, open documents and turn pages. */
export function mayPresent(person: Person): boolean {
  return !person.removed && (isStaff(person.role) || person.role === 'presenter');
}
