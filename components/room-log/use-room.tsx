'use client';

import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { mayManage, mayPresent, rightsOf } from '@/room/policy';
import type { Person, Rights } from '@/room/state';
import { createBrowserTransport } from './browser-transport';
import { createRoomLog } from './create-room-log';
import type { RoomLog, RoomOpening, RoomView } from './types';
import { useTellRefused } from './use-tell-refused';

type Room = { log: RoomLog; opening: Pick<RoomOpening, 'roomId' | 'me' | 'myself'> };

const RoomContext = createContext<Room | null>(null);

type ProviderProps = { opening: Omit<RoomOpening, 'media' | 'slug' | 'title'>; children: ReactNode };

/** Opens the room's log for what is inside. The first picture is the page's own; the stream opens after it is shown. */
export function RoomLogProvider(props: ProviderProps) {
  // Another room, or the same one as somebody else, is another log: nothing of the former is kept.
  return <OneRoom key={`${props.opening.roomId}/${props.opening.me}`} {...props} />;
}

function OneRoom({ opening, children }: ProviderProps) {
  const [room] = useState<Room>(() => ({
    log: createRoomLog(opening, createBrowserTransport(opening.roomId)),
    opening,
  }));
  const tellRefused = useTellRefused();
  useEffect(() => room.log.connect(tellRefused), [room, tellRefused]);
  return <RoomContext value={room}>{children}</RoomContext>;
}

function useRoomContext(): Room {
  const room = use(RoomContext);
  if (!room) throw new Error('useRoom is used outside of RoomLogProvider');
  return room;
}

/** The room's log: for sending, and for events in passing. Always the same object. */
export function useRoomLog(): RoomLog {
  return useRoomContext().log;
}

/**
 * A part of what the room looks like now; renders again when that part changes. What `select` gives is compared field by
 * field (one level), so it may make a new array or object each time.
 */
export function useRoom<T>(select: (view: RoomView) => T): T {
  const log = useRoomLog();
  const last = useRef<{ value: T } | null>(null);
  const read = useCallback(() => {
    const value = select(log.getView());
    if (last.current && isSame(last.current.value, value)) return last.current.value;
    last.current = { value };
    return value;
  }, [log, select]);
  return useSyncExternalStore(log.subscribe, read, read);
}

/** Who the viewer is in this room, and what they may do now. */
export type Me = { person: Person; rights: Rights; mayPresent: boolean; mayManage: boolean };

export function useMe(): Me {
  const { opening } = useRoomContext();
  const { me, myself } = opening;
  const known = useRoom((view) => view.head.people[me]);
  const defaults = useRoom((view) => view.head.defaults);
  const person: Person = known ?? {
    id: me,
    ...myself,
    connections: [],
    handRaisedAt: null,
    rights: null,
    removed: false,
  };
  return {
    person,
    rights: rightsOf({ defaults }, person),
    mayPresent: mayPresent(person),
    mayManage: mayManage(person),
  };
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  if (Array.isArray(a) !== Array.isArray(b) || left.length !== right.length) return false;
  const other = new Map(right);
  return left.every(([key, value]) => other.has(key) && Object.is(other.get(key), value));
}
