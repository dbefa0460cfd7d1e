import type { Role } from '@/room/roles';
import type { Admission } from './queries/people';

/** How somebody with a link stands at the door of a live lesson. */
export type Standing = 'open' | 'asks' | 'waiting' | 'denied' | 'unpaid' | 'locked' | 'full';

type Door = { asks: boolean; locked: boolean; full: boolean };
type Somebody = {
  /** Enrolled, or with a personal link. */
  roster: boolean;
  /** They have to pay before they come in, and are not in. */
  unpaid: boolean;
  /** They have been in during this lesson. */
  wasIn: boolean;
  /** Undefined: the room does not know them. */
  admission: Admission | undefined;
};

/** Whether somebody has to pay before they come in: only who learns there does. */
export function owes({ role, paymentOpen }: { role: Role | null; paymentOpen: boolean }): boolean {
  return role === 'student' && paymentOpen;
}

/** Whether somebody may come in now (D1, D2, D5); staff always may, and are not asked about here. */
export function standingOf(door: Door, { roster, unpaid, wasIn, admission }: Somebody): Standing {
  if (admission === 'denied') return 'denied';
  if (unpaid) return 'unpaid';
  if (door.locked && !wasIn) return 'locked';
  if (door.full) return 'full';
  if (admission === 'waiting') return 'waiting';
  return door.asks && !roster && admission === undefined ? 'asks' : 'open';
}
