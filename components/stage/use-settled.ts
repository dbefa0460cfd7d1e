'use client';

import { useEffect, useState } from 'react';

/** The value that last stayed the same for `ms`; null until one has. */
export function useSettled<T>(value: T, ms: number): T | null {
  const [settled, setSettled] = useState<{ value: T } | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ value }), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled && settled.value;
}
