'use client';

import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';

let slot: HTMLElement | null = null;
/** Boards that have put tools there: on a copy of one's own one draws without the right for all. */
let users = 0;
const listeners = new Set<() => void>();

function setSlot(element: HTMLElement | null) {
  slot = element;
  for (const listener of listeners) listener();
}

function setUsers(change: 1 | -1) {
  users += change;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The place for the tools of the board that is shown. `reserved`: they are coming, and the stage must not jump then. */
export function BoardToolsSlot({ reserved }: { reserved: boolean }) {
  const used = useSyncExternalStore(
    subscribe,
    () => users > 0,
    () => false,
  );
  return (
    <div
      ref={setSlot}
      className={`flex justify-center ${reserved || used ? 'min-h-14 items-center px-1' : 'hidden'}`}
    />
  );
}

/** Puts the tools into the slot; without one they float at the bottom of the board. */
export function ToolsPortal({ children }: { children: ReactNode }) {
  const place = useSyncExternalStore(
    subscribe,
    () => slot,
    () => null,
  );
  useEffect(() => {
    setUsers(1);
    return () => setUsers(-1);
  }, []);
  if (place) return createPortal(children, place);
  return <div className="absolute inset-x-0 bottom-12 flex justify-center">{children}</div>;
}
