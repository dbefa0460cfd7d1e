type PageEvents = {
  online: () => void;
  offline: () => void /** The page goes, perhaps for good. */;
  hide: () => void;
};

/** Follows what the browser says of network and page; outside of a browser nobody says anything. */
export function followPage({ online, offline, hide }: PageEvents): () => void {
  const listeners = Object.entries({ online, offline, pagehide: hide });
  for (const [type, listener] of listeners) globalThis.addEventListener?.(type, listener);
  return () => {
    for (const [type, listener] of listeners) globalThis.removeEventListener?.(type, listener);
  };
}
