'use client';

import { useEffect, useState } from 'react';

/**
 * True once the same thing (anything but false or null) has been so for `patienceMs`, and as long as it is: a short gap is
 * nobody's business.
 */
export function useLasting(what: boolean | number | null, patienceMs: number): boolean {
  const [lasting, setLasting] = useState<typeof what>(null);
  useEffect(() => {
    if (what === false || what === null) return undefined;
    const timer = setTimeout(() => setLasting(what), patienceMs);
    return () => {
      clearTimeout(timer);
      setLasting(null);
    };
  }, [what, patienceMs]);
  return what !== false && what !== null && lasting === what;
}
