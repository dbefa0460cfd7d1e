'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { useMedia } from './media/media-context';

const BARS = 14;

/** How loud one is. Drawn without React: it moves twelve times a second. */
export function LevelMeter() {
  const t = useTranslations('classroom.devices');
  const media = useMedia();
  const box = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      media.onLevel((level) => {
        const element = box.current;
        if (!element) return;
        element.setAttribute('aria-valuenow', String(Math.round(level * 100)));
        const lit = Math.round(level * BARS);
        Array.from(element.children).forEach((bar, index) => bar.toggleAttribute('data-lit', index < lit));
      }),
    [media],
  );
  return (
    <div
      ref={box}
      role="meter"
      aria-label={t('level')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      className="flex h-3 items-stretch gap-[3px]"
    >
      {Array.from({ length: BARS }, (_, index) => (
        <span
          key={index}
          className="flex-1 rounded-[2px] bg-ink/12 transition-colors duration-75 data-lit:bg-ok"
        />
      ))}
    </div>
  );
}
