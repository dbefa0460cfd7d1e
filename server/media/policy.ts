import { mayPresent, rightsOf } from '@/room/policy';
import type { Role } from '@/room/roles';
import type { Person, RoomState } from '@/room/state';

export type MediaSource = 'microphone' | 'camera' | 'screen';

/** All that the media server is told about a person. Always sent whole: the server replaces, it does not merge. */
export type MediaPermission = { sources: readonly MediaSource[]; data: boolean };

/** What the database knows of somebody who holds, or asks for, a media token. */
export type MediaParticipantRow = {
  id: string;
  roomId: string;
  name: string;
  role: Role;
  removedAt: Date | null;
  /** Null: they may come in. */
  admission: 'waiting' | 'denied' | null;
};

/**
 * What a participant may send now; null: they have no business in this room's media.
 * A lesson must be live. Data packets carry strokes in the making, so they follow the right to draw. The log does not
 * know a person before their first stream is open, and media may be faster: then they have the room's defaults.
 */
export function permissionFor(state: RoomState, row: MediaParticipantRow | null): MediaPermission | null {
  if (!row || row.removedAt || row.admission || row.roomId !== state.roomId || !state.lesson) return null;
  const known = state.people[row.id];
  const person: Person = {
    id: row.id,
    name: row.name,
    role: row.role,
    connections: known?.connections ?? [],
    handRaisedAt: known?.handRaisedAt ?? null,
    rights: known?.rights ?? null,
    removed: known?.removed ?? false,
  };
  if (person.removed) return null;
  const rights = rightsOf(state, person);
  const sources: MediaSource[] = [];
  if (rights.microphone) sources.push('microphone');
  if (rights.camera) sources.push('camera');
  if (mayPresent(person)) sources.push('screen');
  return { sources, data: rights.draw };
}

export function samePermission(a: MediaPermission, b: MediaPermission): boolean {
  return (
    a.data === b.data &&
    a.sources.length === b.sources.length &&
    a.sources.every((source) => b.sources.includes(source))
  );
}

export type Correction = { kind: 'remove' } | { kind: 'permit'; permission: MediaPermission };

/** What must be done about somebody who is in the media room; null: they are there by right. */
export function correctionFor(actual: MediaPermission, entitled: MediaPermission | null): Correction | null {
  if (!entitled) return { kind: 'remove' };
  return samePermission(actual, entitled) ? null : { kind: 'permit', permission: entitled };
}
