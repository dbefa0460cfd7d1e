import { type Layer, tabOfBoard } from './boards';
import { isPresenting, isStaff } from './roles';
import type { Copies, Person, Rights, RoomState } from './state';

const ALL: Rights = { draw: true, microphone: true, camera: true };
const NONE: Rights = { draw: false, microphone: false, camera: false };

/** What a person may do now: staff and presenters everything, others what was set for them, else the room's defaults. */
export function rightsOf(state: Pick<RoomState, 'defaults'>, person: Person): Rights {
  if (person.removed || person.role === 'recorder') return NONE;
  if (isPresenting(person.role)) return ALL;
  return person.rights ?? state.defaults;
}

/** Presenters and staff choose what is on the stage, open documents and turn pages. */
export function mayPresent(person: Person): boolean {
  return !person.removed && isPresenting(person.role);
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

/**
 * Drawing for everyone takes the right to draw. On a layer of one's own one draws with that right too, and without it where everybody
 * works on their own copy; staff write into everybody's. Nobody draws on a copy that is shown.
 */
export function mayDraw(
  state: Pick<RoomState, 'defaults' | 'copies'>,
  person: Person,
  { boardId, layer }: { boardId: string; layer: Layer },
): boolean {
  if (layer === 'revealed' || person.removed) return false;
  if (rightsOf(state, person).draw && mayReadLayer(person, layer)) return true;
  return layer === person.id && mayHaveCopy(person) && copiesOf(state, boardId) === 'open';
}

/** Whether everybody has a layer of their own on this board, and may draw on it. */
export function copiesOf(state: Pick<RoomState, 'copies'>, boardId: string): Copies | null {
  const tab = tabOfBoard(boardId);
  return (state.copies && Object.hasOwn(state.copies, tab) && state.copies[tab]) || null;
}

/** Who works on a copy of their own: everybody who is taught. */
export function mayHaveCopy(person: Pick<Person, 'role'>): boolean {
  return person.role === 'student' || person.role === 'guest';
}

/** Who does not present looks around in what is open by themselves unless staff ask everybody to look at the same. */
export function mayLookAround(state: Pick<RoomState, 'lookAround'>): boolean {
  return state.lookAround !== false;
}

/** A private layer is seen by its person, and by staff. */
export function mayReadLayer({ id, role }: Pick<Person, 'id' | 'role'>, layer: Layer): boolean {
  return layer === 'shared' || layer === 'revealed' || layer === id || isStaff(role);
}
