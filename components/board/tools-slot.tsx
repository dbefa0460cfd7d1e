'use client';

import { type ReactNode, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';

let slot: HTMLElement | null = null;
const listeners = new Set<() => void>();

function setSlot(element: HTMLElement | null) {
  slot = element;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The place for the tools of the board that is shown. `reserved`: they are coming, and the stage must not jump then. */
export function BoardToolsSlot({ reserved }: { reserved: boolean }) {
  return (
    <div
      ref={setSlot}
      className={`flex justify-center ${reserved ? 'min-h-14 items-center px-1' : 'hidden'}`}
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
  if (place) return createPortal(children, place);
  return <div className="absolute inset-x-0 bottom-12 flex justify-center">{children}</div>;
}
