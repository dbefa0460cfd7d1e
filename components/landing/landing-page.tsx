import { useTranslations } from 'next-intl';
import { SiteHeader } from '@/components/site/site-header';
import { ButtonLink } from '@/components/ui/button';

/** What Lectern is, in three sentences and one button. */
export function LandingPage({ signedIn }: { signedIn: boolean }) {
  const t = useTranslations('landing');
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader home="/">
        {!signedIn && (
          <ButtonLink href="/sign-in" variant="quiet">
            {t('signIn')}
          </ButtonLink>
        )}
      </SiteHeader>
      <main className="mx-auto w-full max-w-5xl flex-1 px-4 pt-14 pb-16 sm:px-6 sm:pt-20">
        <div className="flex max-w-2xl flex-col items-start gap-6">
          <h1 className="font-semibold text-[34px] tracking-[-0.022em] sm:text-2xl">{t('title')}</h1>
          <p className="text-base text-ink-2 leading-relaxed sm:text-[17px]">{t('lead')}</p>
          {signedIn ? (
            <ButtonLink href="/dashboard" variant="primary" size="large">
              {t('dashboard')}
            </ButtonLink>
          ) : (
            <ButtonLink href="/sign-up" variant="primary" size="large">
              {t('create')}
            </ButtonLink>
          )}
        </div>
      </main>
    </div>
  );
}
