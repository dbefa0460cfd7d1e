import { useTranslations } from 'next-intl';

export default function LandingPage() {
  const t = useTranslations('landing');
  return (
    <main>
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
    </main>
  );
}
