type PageEvents = {
  online: () => void;
  offline: () => void;
  /** The page goes, perhaps for good. */
  hide: () => void;
  /** It is back as it was left: out of the browser's cache. */
  back: () => void;
};

/** Follows what the browser says of network and page; outside of a browser nobody says anything. */
export function followPage({ online, offline, hide, back }: PageEvents): () => void {
  const pageshow = (event: Event) => {
    if ('persisted' in event && event.persisted) back();
  };
  const listeners = Object.entries<(event: Event) => void>({ online, offline, pagehide: hide, pageshow });
  for (const [type, listener] of listeners) globalThis.addEventListener?.(type, listener);
  return () => {
    for (const [type, listener] of listeners) globalThis.removeEventListener?.(type, listener);
  };
}
