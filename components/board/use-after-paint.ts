'use client';

import { useCallback, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/**
 * A value as it was when something was painted last: what takes long to show does not hold up the frame that shows the rest. The
 * other one is the way not to wait for that frame.
 */
export function useAfterPaint<T>(value: T): readonly [painted: T, catchUp: () => void] {
  const [painted, setPainted] = useState(value);
  useEffect(() => {
    if (Object.is(painted, value)) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer = setTimeout(() => setPainted(() => value), 0);
    };
    // A tab that nobody sees paints nothing.
    if (document.visibilityState === 'hidden') show();
    const frame = requestAnimationFrame(show);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [painted, value]);
  const catchUp = useCallback(() => flushSync(() => setPainted(() => value)), [value]);
  return [painted, catchUp];
}
