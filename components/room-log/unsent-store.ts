import type { Command } from '@/room/commands';

/** Keeps commands over a reload of the tab. */
export type UnsentStore = {
  keep(commands: readonly Command[]): void;
  /** What was kept, once. */
  take(): Command[];
};

/** A tab that is opened again later than this does not say what its person wanted then; ms. */
const LONGEST_MS = 10 * 60_000;

/** Of what the browser has no room for, so much is tried next: what was wanted first is kept first. */
const FEWER = 0.8;

/** The store of one person's tab of one room. Commands are sent again with the ids that they had, so none happens twice. */
export function createUnsentStore(roomId: string, me: string, now: () => number): UnsentStore {
  const key = `lectern.unsent.${roomId}.${me}`;
  return {
    keep(commands) {
      for (let count = commands.length; ; count = Math.floor(count * FEWER)) {
        try {
          if (count === 0) sessionStorage.removeItem(key);
          else sessionStorage.setItem(key, JSON.stringify({ at: now(), commands: commands.slice(0, count) }));
          return;
        } catch (error) {
          console.warn(`What was not sent yet could not be kept (${count} of ${commands.length})`, error);
          if (count === 0) return;
        }
      }
    },
    take() {
      try {
        const stored = sessionStorage.getItem(key);
        if (!stored) return [];
        sessionStorage.removeItem(key);
        const { at, commands } = JSON.parse(stored) as { at: number; commands: Command[] };
        return now() - at < LONGEST_MS ? commands : [];
      } catch (error) {
        console.warn('What was not sent yet could not be read', error);
        return [];
      }
    },
  };
}
