'use client';

import { useTranslations } from 'next-intl';
import type { StageView } from './use-stage-view';

/** Around what somebody looks at by themselves: that they do, and the way back. */
export function LookingAround({ view }: { view: StageView }) {
  const t = useTranslations('stage');
  if (!view.looking) return null;
  return (
    <>
      <span
        aria-hidden
        data-looking=""
        className="pointer-events-none absolute inset-0 z-10 ring-2 ring-accent ring-inset"
      />
      <button
        type="button"
        onClick={view.follow}
        className="absolute bottom-3 left-1/2 z-10 h-9 -translate-x-1/2 whitespace-nowrap rounded-full bg-accent px-4 font-medium text-on-accent text-sm shadow-float"
      >
        {t('back')}
      </button>
    </>
  );
}
