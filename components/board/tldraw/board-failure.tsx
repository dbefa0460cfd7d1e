'use client';

import { useTranslations } from 'next-intl';

/** In the board's place when drawing it failed: the page below stays in sight, and the class goes on. */
export function BoardFailure() {
  const t = useTranslations('board');
  return (
    <p
      role="alert"
      className="absolute inset-x-0 top-3 mx-auto w-max max-w-full rounded-control bg-surface px-3 py-1.5 text-ink text-sm shadow-float"
    >
      {t('failed')}
    </p>
  );
}
