import type { Layer } from './boards';
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

/** Staff run the class: rights, muting, removing, other people's hands. */
export function mayManage(person: Person): boolean {
  return !person.removed && isStaff(person.role);
}

/** Staff manage everybody but the owner and themselves. */
export function mayManagePerson(person: Person, target: Person): boolean {
  return mayManage(person) && target.role !== 'owner' && target.id !== person.id;
}

/** Before a lesson and after it, only staff act: they prepare. The recorder and the phone line never do. */
export function mayAct(state: Pick<RoomState, 'lesson'>, person: Person): boolean {
  return mayManage(person) || state.lesson !== null;
}

/** Everyone writes in the chat, the system's own participants do not. */
export function mayChat(person: Person): boolean {
  return !person.removed && person.role !== 'recorder' && person.role !== 'phone';
}

/** Drawing takes the right to draw; on a private layer, it must be one's own as well. */
export function mayDraw(state: Pick<RoomState, 'defaults'>, person: Person, layer: Layer): boolean {
  return rightsOf(state, person).draw && mayReadLayer(person.id, layer);
}

/** Who does not present looks around in what is open by themselves unless staff ask everybody to look at the same. */
export function mayLookAround(state: Pick<RoomState, 'lookAround'>): boolean {
  return state.lookAround !== false;
}

/** A private layer is its person's alone. */
export function mayReadLayer(participantId: string, layer: Layer): boolean {
  return layer === 'shared' || layer === participantId;
}
