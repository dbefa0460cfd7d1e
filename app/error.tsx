'use client';

import { useTranslations } from 'next-intl';
import { DeadEnd } from '@/components/site/dead-end';
import { Button, ButtonLink } from '@/components/ui/button';

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const t = useTranslations('site.error');
  return (
    <DeadEnd
      title={t('title')}
      action={
        <>
          <Button variant="primary" onClick={reset}>
            {t('again')}
          </Button>
          <ButtonLink href="/dashboard">{t('dashboard')}</ButtonLink>
        </>
      }
    >
      <p>{t('text')}</p>
      {error.digest && <p className="mt-2 text-ink-3 text-xs">{t('digest', { digest: error.digest })}</p>}
    </DeadEnd>
  );
}
