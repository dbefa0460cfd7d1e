import type { Admission } from './queries/people';

/** How somebody with a link stands at the door of a live lesson. */
export type Standing = 'open' | 'asks' | 'waiting' | 'denied' | 'locked' | 'full';

type Door = { asks: boolean; locked: boolean; full: boolean };
type Somebody = {
  /** Enrolled, or with a personal link. */
  roster: boolean;
  /** They have been in during this lesson. */
  wasIn: boolean;
  /** Undefined: the room does not know them. */
  admission: Admission | undefined;
};

/** Whether somebody may come in now (D1, D2, D5); staff always may, and are not asked about here. */
export function standingOf(door: Door, { roster, wasIn, admission }: Somebody): Standing {
  if (admission === 'denied') return 'denied';
  if (door.locked && !wasIn) return 'locked';
  if (door.full) return 'full';
  if (admission === 'waiting') return 'waiting';
  return door.asks && !roster && admission === undefined ? 'asks' : 'open';
}
