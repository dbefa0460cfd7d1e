import { useCallback, useEffect, useRef, useState } from 'react';
import { refusalOf, trpc } from '@/components/trpc';

export type Door = Awaited<ReturnType<typeof trpc.links.door.query>>;
export type DoorNow = Door & {
  /** The last question went unanswered; it is asked again. */
  away: boolean;
  /** The link was replaced or revoked while its page stood open. */
  gone: boolean;
  /** They have asked to come in: shown before the server says so. */
  wait: () => void;
};

/** As long as it may still open by itself. */
function mayOpen({ state, standing }: Door): boolean {
  return state === 'waiting' || (state === 'live' && standing !== 'open');
}

const EVERY_MS = 3_000;

/** How long until the door is asked again (ms): about every three seconds, not all at once, and at the planned start. */
export function nextAsk(msToStart: number, random: number): number {
  const usual = EVERY_MS * (0.75 + random / 2);
  return msToStart > 0 ? Math.min(usual, msToStart + random * 400) : usual;
}

/** The door as it stands, asked again and again until one may come in, or the class ends or is called off. */
export function useDoor(token: string, initial: Door): DoorNow {
  const [door, setDoor] = useState<Omit<DoorNow, 'wait'>>({ ...initial, away: false, gone: false });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let closed = false;
    let known = initial;
    async function ask() {
      try {
        known = await trpc.links.door.query({ token });
        if (closed) return;
        setDoor({ ...known, away: false, gone: false });
      } catch (error) {
        if (closed) return;
        const gone = refusalOf(error).code === 'LINK_INVALID';
        setDoor((last) => ({ ...last, away: !gone, gone }));
        if (gone) return;
      }
      if (mayOpen(known)) plan();
    }
    const plan = () => {
      timer = setTimeout(() => void ask(), nextAsk(known.startsAt - known.now, Math.random()));
    };
    if (mayOpen(initial)) plan();
    return () => {
      closed = true;
      clearTimeout(timer);
    };
  }, [token, initial]);
  const wait = useCallback(() => setDoor((last) => ({ ...last, standing: 'waiting' })), []);
  return { ...door, wait };
}

/** The server's clock, ticking once a second from what it last said (ms since the epoch). */
export function useServerClock(said: number): number {
  const [now, setNow] = useState(said);
  const offset = useRef<number | null>(null);
  useEffect(() => {
    offset.current = said - Date.now();
  }, [said]);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now() + (offset.current ?? 0)), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
