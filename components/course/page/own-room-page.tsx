import { getTranslations } from 'next-intl/server';
import { LanguageMenu } from '@/components/site/language-choice';
import { SiteHeader } from '@/components/site/site-header';
import { ButtonLink } from '@/components/ui/button';
import { KeepFresh } from '@/components/ui/keep-fresh';

/** How often the page of a room in which nobody is looks whether somebody has come. */
const LOOK_MS = 5_000;

/** Somebody's own room, from outside: one goes in while they meet there, and waits until then. */
export async function OwnRoomPage({ name, joinUrl }: { name: string; joinUrl: string | null }) {
  const t = await getTranslations('coursePage.room');
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader home="/">
        <LanguageMenu />
      </SiteHeader>
      <main className="mx-auto flex w-full max-w-5xl flex-1 flex-col items-start gap-4 px-4 pt-16 sm:px-6">
        <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">{t('title', { name })}</h1>
        <p role="status" className="max-w-prose text-base text-ink-2">
          {joinUrl ? t('open', { name }) : t('waiting', { name })}
        </p>
        {joinUrl ? (
          <ButtonLink href={joinUrl} variant="primary" size="large" prefetch={false}>
            {t('join')}
          </ButtonLink>
        ) : (
          <KeepFresh everyMs={LOOK_MS} />
        )}
      </main>
    </div>
  );
}
