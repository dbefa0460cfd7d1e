import { isStaff } from '@/room/roles';
import type { Person, RoomState } from '@/room/state';
import type { PersonMedia } from './media/types';

/** People with an open tab. Presence is the log's matter, never the media server's. */
export function presentPeople(head: Pick<RoomState, 'people'>): Person[] {
  return Object.values(head.people).filter(
    (person) => person.connections.length > 0 && !person.removed && person.role !== 'recorder',
  );
}

/** People whose connection broke: they are told of, and their place is kept. */
export function droppedPeople(head: Pick<RoomState, 'people'>): Person[] {
  return Object.values(head.people).filter((person) => person.dropped && !person.removed);
}

function rank(person: Person, me: string, media: PersonMedia | undefined): number {
  if (person.dropped) return 7;
  if (isStaff(person.role)) return 0;
  if (person.role === 'presenter') return 1;
  if (person.id === me) return 2;
  if (person.handRaisedAt !== null) return 3;
  if (media?.camera) return 4;
  if (media?.microphone === 'on') return 5;
  return 6;
}

/**
 * Faces of the people who are here or were dropped, and one's own always: also before the log has heard of this tab, or
 * while it is lost.
 */
export function facesOf(head: Pick<RoomState, 'people'>, me: Person): Person[] {
  const others = [...presentPeople(head), ...droppedPeople(head)].filter((person) => person.id !== me.id);
  return [{ ...me, dropped: undefined }, ...others];
}

/** Who is seen first: those who teach, oneself, raised hands, then those who can be seen or heard. */
export function orderFaces(
  people: readonly Person[],
  me: string,
  media: Readonly<Record<string, PersonMedia>>,
): Person[] {
  return people.toSorted(
    (a, b) =>
      rank(a, me, media[a.id]) - rank(b, me, media[b.id]) ||
      (a.handRaisedAt ?? 0) - (b.handRaisedAt ?? 0) ||
      a.name.localeCompare(b.name) ||
      (a.id < b.id ? -1 : 1),
  );
}

const byHand = (person: Person) => person.handRaisedAt ?? Number.MAX_SAFE_INTEGER;

/** The list of people: hands first, in the order in which they went up; then staff; then by name. */
export function orderPeople(people: readonly Person[]): Person[] {
  const staffFirst = (person: Person) => (isStaff(person.role) ? 0 : person.role === 'presenter' ? 1 : 2);
  return people.toSorted(
    (a, b) =>
      byHand(a) - byHand(b) ||
      staffFirst(a) - staffFirst(b) ||
      a.name.localeCompare(b.name) ||
      (a.id < b.id ? -1 : 1),
  );
}
