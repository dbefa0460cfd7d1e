import { getTranslations } from 'next-intl/server';
import type { ComponentProps } from 'react';
import { SiteHeader } from '@/components/site/site-header';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { BookingDesk } from './booking-desk';

/** Somebody's offer, for anybody who has its address. */
export async function BookingPage(props: ComponentProps<typeof BookingDesk>) {
  const t = await getTranslations('book');
  const { page, signedIn, moving } = props;
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader home="/">
        {/* A plain link: nothing of the app is loaded ahead for a visitor. */}
        <a href={signedIn ? '/dashboard' : '/sign-in'} className={buttonClass('quiet')}>
          {signedIn ? t('dashboard') : t('signIn')}
        </a>
      </SiteHeader>
      <main className="mx-auto w-full max-w-5xl flex-1 px-4 pt-8 pb-16 sm:px-6 sm:pt-12">
        {page.open || moving ? (
          <BookingDesk {...props} />
        ) : (
          <EmptyState title={t('closedTitle', { title: page.title })}>
            {t('closedText', { name: page.teacherName })}
          </EmptyState>
        )}
      </main>
    </div>
  );
}
