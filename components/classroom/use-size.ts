'use client';

import { type RefObject, useLayoutEffect, useState } from 'react';

export type Size = { width: number; height: number };

/** The inner size of an element in CSS pixels, followed as it changes; null before it is on the page. */
export function useSize(ref: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const read = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(read);
    observer.observe(element);
    read();
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
