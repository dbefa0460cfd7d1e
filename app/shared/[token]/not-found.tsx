import { useTranslations } from 'next-intl';
import { DeadEnd } from '@/components/site/dead-end';
import { ButtonLink } from '@/components/ui/button';

/** One answer for links that never were, were revoked, or whose file is gone. */
export default function SharedNotFound() {
  const t = useTranslations('library.shared');
  return (
    <DeadEnd title={t('invalidTitle')} action={<ButtonLink href="/">{t('home')}</ButtonLink>}>
      <p>{t('invalid')}</p>
    </DeadEnd>
  );
}
