import { useTranslations } from 'next-intl';
import { LanguageMenu } from '@/components/site/language-choice';
import { SiteHeader } from '@/components/site/site-header';
import { ButtonLink } from '@/components/ui/button';

/** What Lectern is, in three sentences and one button. */
export function LandingPage({ signedIn }: { signedIn: boolean }) {
  const t = useTranslations('landing');
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader home="/">
        <LanguageMenu />
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
        <picture>
          <source srcSet="/images/classroom-dark.webp" media="(prefers-color-scheme: dark)" />
          {/* oxlint-disable-next-line nextjs/no-img-element -- two themes of one picture, made at its size by npm run screenshot */}
          <img
            src="/images/classroom-light.webp"
            alt={t('picture')}
            width={1440}
            height={900}
            fetchPriority="high"
            className="mt-12 aspect-19/15 h-auto w-full rounded-panel border border-line object-cover object-left shadow-float sm:mt-14 sm:aspect-auto"
          />
        </picture>
      </main>
    </div>
  );
}
