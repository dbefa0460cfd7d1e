import { useTranslations } from 'next-intl';
import { DeadEnd } from '@/components/site/dead-end';
import { ButtonLink } from '@/components/ui/button';

export default function NotFound() {
  const t = useTranslations('site.notFound');
  return (
    <DeadEnd
      title={t('title')}
      action={
        <ButtonLink href="/dashboard" variant="primary">
          {t('dashboard')}
        </ButtonLink>
      }
    >
      <p>{t('text')}</p>
    </DeadEnd>
  );
}
