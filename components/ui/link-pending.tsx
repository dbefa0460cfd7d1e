'use client';

import { useTranslations } from 'next-intl';
import { useLinkStatus } from 'next/link';
import { Spinner } from './spinner';

/** Inside a link: turns while its page is on its way. It waits 300 ms, so that a quick page never shows it. */
export function LinkPending() {
  const t = useTranslations('ui');
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return (
    <span role="status" className="lectern-late shrink-0 text-ink-3">
      <Spinner size={14} />
      <span className="sr-only">{t('loading')}</span>
    </span>
  );
}
