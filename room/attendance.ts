import type { RoomEvent } from './events';
import type { Role } from './roles';

/** One person's time in a lesson. Instants are ms since the epoch, server time. */
export type Attendance = {
  participantId: string;
  name: string;
  role: Role;
  /** When they first came; the lesson's start for who was there before. */
  joinedAt: number;
  /** When they were last there; null: they are there still. */
  leftAt: number | null;
  /** How long they were there with at least one tab, in ms; so far, where the lesson goes on. */
  presentMs: number;
  /** What they came with: `computer`, `tablet`, `phone`, `other`. */
  devices: readonly string[];
};

/** The types of event that say who is there. */
export const PRESENCE = ['person.connected', 'person.disconnected', 'person.removed'] as const;

type PresenceEvent = Extract<RoomEvent, { type: (typeof PRESENCE)[number] }>;

type Stay = {
  name: string;
  role: Role;
  joinedAt: number;
  open: Set<string>;
  /** Since when somebody who is there has been. */
  since: number;
  presentMs: number;
  leftAt: number | null;
  devices: Set<string>;
};

function isPresence(event: RoomEvent): event is PresenceEvent {
  return PRESENCE.some((type) => type === event.type);
}

/**
 * Who was in a lesson, derived from the log: in the order in which they came.
 * @param events  the room's presence events in order, up to the lesson's end; those from before it of whoever was there then
 * @param span  of the lesson, ms since the epoch; `to` is now where it goes on, and then `live` is true
 */
export function attendanceOf(
  events: readonly RoomEvent[],
  span: { from: number; to: number; live: boolean },
): Attendance[] {
  const stays = new Map<string, Stay>();
  for (const event of events) {
    if (!isPresence(event)) continue;
    const at = Math.min(Math.max(event.at, span.from), span.to);
    if (event.type === 'person.connected') {
      connect(stays, event.payload, at);
    } else {
      const { participantId } = event.payload;
      const stay = stays.get(participantId);
      if (!stay) continue;
      if (event.type === 'person.removed') stay.open.clear();
      else stay.open.delete(event.payload.connectionId);
      if (stay.open.size === 0) leave(stay, at);
    }
  }
  return [...stays]
    .filter(([, stay]) => stay.leftAt === null || stay.leftAt > span.from)
    .map(([participantId, stay]) => toAttendance(participantId, stay, span))
    .toSorted((a, b) => a.joinedAt - b.joinedAt);
}

function connect(
  stays: Map<string, Stay>,
  who: Extract<RoomEvent, { type: 'person.connected' }>['payload'],
  at: number,
): void {
  const stay = stays.get(who.participantId) ?? {
    name: who.name,
    role: who.role,
    joinedAt: at,
    open: new Set(),
    since: at,
    presentMs: 0,
    leftAt: null,
    devices: new Set(),
  };
  stays.set(who.participantId, stay);
  if (stay.open.size === 0) stay.since = at;
  stay.leftAt = null;
  stay.name = who.name;
  stay.role = who.role;
  stay.open.add(who.connectionId);
  stay.devices.add(who.device);
}

function leave(stay: Stay, at: number): void {
  if (stay.leftAt !== null) return;
  stay.presentMs += at - stay.since;
  stay.leftAt = at;
}

function toAttendance(participantId: string, stay: Stay, span: { to: number; live: boolean }): Attendance {
  const { name, role, joinedAt, leftAt } = stay;
  const here = leftAt === null;
  return {
    participantId,
    name,
    role,
    joinedAt,
    leftAt: here && !span.live ? span.to : leftAt,
    presentMs: stay.presentMs + (here ? span.to - stay.since : 0),
    devices: [...stay.devices],
  };
}
