'use client';

import { useEffect } from 'react';

/** Does what was pressed before the page heard presses. Stands last in the page; the script that remembers, in its head. */
export function EarlyPresses(): null {
  useEffect(() => {
    for (const pressed of window.lecternTakePresses?.() ?? []) {
      if (!pressed.isConnected) continue;
      if (pressed instanceof HTMLFormElement) pressed.requestSubmit();
      else pressed.click();
    }
  }, []);
  return null;
}
