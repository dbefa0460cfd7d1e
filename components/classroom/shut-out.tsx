import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from './notice';

/** For somebody whom the server does not let in: removed before, or with a link whose class is over. */
export function ShutOut({ why }: { why: 'REMOVED' | 'LESSON_ENDED' }) {
  const t = useTranslations('classroom.screens');
  const screen = why === 'REMOVED' ? 'removed' : 'over';
  return (
    <Notice title={t(`${screen}.title`)} actions={<ButtonLink href="/">{t('home')}</ButtonLink>}>
      <p>{t(`${screen}.text`)}</p>
    </Notice>
  );
}
