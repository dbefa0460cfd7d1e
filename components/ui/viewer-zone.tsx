'use client';

import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import { presentName, ZONE_COOKIE } from './zones';

const ViewerZone = createContext('UTC');
const never = () => () => {};
const browserZone = () => presentName(Intl.DateTimeFormat().resolvedOptions().timeZone);

/**
 * Gives everything below it the viewer's time zone. The server starts from the cookie; the browser, which knows, corrects
 * it after hydration and leaves the cookie for the next page.
 */
export function ViewerZoneProvider({ zone, children }: { zone: string; children: ReactNode }) {
  const current = useSyncExternalStore(never, browserZone, () => zone);
  useEffect(() => {
    if (current !== zone)
      document.cookie = `${ZONE_COOKIE}=${current}; path=/; max-age=31536000; samesite=lax`;
  }, [current, zone]);
  return <ViewerZone value={current}>{children}</ViewerZone>;
}

/** The viewer's IANA time zone. */
export function useViewerZone(): string {
  return useContext(ViewerZone);
}
