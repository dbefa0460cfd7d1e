'use client';

import type { Person, RoomState } from '@/room/state';
import { useClassroom } from './classroom-context';
import { useRoom } from './room';

/** The viewer in the log. Before the first stream is open the log may not know them: then they are who the page says. */
export function personOf(
  head: Pick<RoomState, 'people'>,
  viewer: Pick<Person, 'id' | 'name' | 'role'>,
): Person {
  return (
    head.people[viewer.id] ?? { ...viewer, connections: [], handRaisedAt: null, rights: null, removed: false }
  );
}

export function useMe(): Person {
  const { viewer } = useClassroom();
  const known = useRoom((view) => view.head.people[viewer.id]);
  return known ?? personOf({ people: {} }, viewer);
}
