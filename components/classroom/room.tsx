'use client';

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { RoomLog, RoomOpening, RoomView } from '@/components/room-log/types';

const RoomContext = createContext<RoomLog | null>(null);

export function RoomProvider({ children }: { opening: RoomOpening; children: ReactNode }) {
  return <RoomContext value={null}>{children}</RoomContext>;
}
export function useRoomLog(): RoomLog {
  const log = useContext(RoomContext);
  if (!log) throw new Error('useRoomLog stands outside of RoomProvider');
  return log;
}
export function useRoom<T>(select: (view: RoomView) => T): T {
  const log = useRoomLog();
  return useSyncExternalStore(
    log.subscribe,
    () => select(log.getView()),
    () => select(log.getView()),
  );
}
